// Brings world, picture, controls and pages together.
import { makeControls } from "./controls.js"
import { makePainter } from "./draw.js"
import { beginGame, rememberedName, sendScore, showScores } from "./high-scores.js"
import { makeSound } from "./sound.js"
import { launch, makeWorld, movePaddle, nextLevel, step } from "./world.js"

const find = (name) => document.querySelector(`[data-${name}]`)
const canvas = find("field")
const settings = JSON.parse(find("game").dataset.game)
const fields = { wide: { width: 880, height: 600 }, tall: { width: 600, height: 760 } }
const painter = makePainter(canvas)
const sound = makeSound(find("sound"))

let world
let game
let paused = false
let begun = false

function prepare() {
  const field = matchMedia("(max-width: 700px)").matches ? fields.tall : fields.wide
  world = makeWorld({ ...field, settings })
  painter.fit(field)
}

function begin() {
  prepare()
  begun = true
  game = beginGame()
  resume()
}

function resume() {
  paused = false
  show(undefined)
  canvas.focus()
}

function pause() {
  if (!begun || !["ready", "playing"].includes(world.phase)) return
  paused = true
  show("paused")
}

/** One card lies over the field, or none. */
function show(card) {
  for (const each of document.querySelectorAll("[data-card]"))
    each.hidden = each.dataset.card !== card
  document.querySelector(`[data-card="${card}"]`)?.querySelector("input, button")?.focus()
  find("pause").hidden = Boolean(card)
}

const running = () => begun && !paused

const controls = makeControls(canvas, {
  launch: () => running() && launch(world),
  pause: () => (paused ? resume() : pause()),
  leave: () => running() && pause(),
  point: (share) => running() && movePaddle(world, share * world.width),
})

let before
function frame(now) {
  const seconds = Math.min(0.05, (now - (before ?? now)) / 1000)
  before = now
  if (running()) {
    movePaddle(world, world.paddle.x + controls.push(seconds))
    // small steps, so that a fast ball cannot pass through a brick
    for (let done = 0; done < 4; done++) step(world, seconds / 4)
  }
  painter.paint(world, running() ? seconds : 0)
  tell()
  requestAnimationFrame(frame)
}

const announcements = {
  lost: () => `Life lost, ${world.lives} left.`,
  cleared: () => `Level ${world.level} cleared.`,
}

function tell() {
  find("score").textContent = world.score.toLocaleString("en")
  find("level").textContent = world.level
  find("lives").textContent = world.lives
  find("combo").textContent = world.combo > 1 ? `×${world.combo}` : ""
  find("hint").hidden = !running() || world.phase !== "ready"
  sound(world.events)
  for (const { kind } of world.events.splice(0)) {
    if (announcements[kind]) find("said").textContent = announcements[kind]()
    if (kind === "cleared") show("cleared")
    if (kind === "lost" && world.phase === "over") finish()
  }
}

function finish() {
  begun = false
  find("final").textContent = world.score.toLocaleString("en")
  find("problem").textContent = ""
  find("name").value = rememberedName.read()
  show("over")
}

find("save").addEventListener("submit", async (event) => {
  event.preventDefault()
  const name = find("name").value.trim()
  rememberedName.keep(name)
  try {
    const { score, level, broken } = world
    showScores(find("scores"), await sendScore({ game: await game, name, score, level, broken }))
    show("start")
  } catch (error) {
    find("problem").textContent = error.message
  }
})

for (const button of document.querySelectorAll("[data-begin]"))
  button.addEventListener("click", begin)
find("resume").addEventListener("click", resume)
find("pause").addEventListener("click", pause)
find("next").addEventListener("click", () => {
  nextLevel(world)
  resume()
})

prepare()
requestAnimationFrame(frame)
