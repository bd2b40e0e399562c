import assert from "node:assert/strict"
import { test } from "node:test"
import { bricksBefore, columns, levels } from "../public/levels.js"
import { launch, makeWorld, movePaddle, nextLevel, paddleWidth, step } from "../public/world.js"
import { readSettings } from "../server/settings.js"

const settings = readSettings()
const middle = () => 0.5
const newWorld = (more = {}) =>
  makeWorld({ width: 880, height: 600, settings: { ...settings, ...more }, random: middle })

function run(world, seconds) {
  for (let time = 0; time < seconds; time += 1 / 240) step(world, 1 / 240)
}

/** A player who is always below the lowest ball, and hits it off the middle. */
function playUntil(world, done) {
  for (let steps = 0; steps < 240 * 600 && !done(world); steps++) {
    const ball = world.balls.toSorted((one, other) => other.y - one.y)[0]
    if (world.phase === "ready") launch(world)
    if (ball) movePaddle(world, ball.x + Math.sin(steps / 900) * 50)
    step(world, 1 / 240)
  }
}

test("every level is drawn in full columns and has bricks", () => {
  for (const pattern of levels) {
    assert.ok(pattern.every((line) => line.length === columns && /^[.1-3]+$/.test(line)))
    assert.ok(pattern.join("").replaceAll(".", "").length > 10)
  }
  assert.equal(new Set(levels.map(String)).size, levels.length)
})

test("a game begins with the lives of the settings and a ball that waits on the paddle", () => {
  const world = newWorld()
  assert.equal(world.lives, settings.lives)
  movePaddle(world, 300)
  assert.equal(world.balls[0].x, 300)
  run(world, 1)
  assert.equal(world.balls[0].x, 300)
})

test("a launched ball breaks a brick, gives points and comes back", () => {
  const world = newWorld()
  launch(world)
  const bricks = world.bricks.length
  playUntil(world, ({ broken }) => broken > 0)
  assert.equal(world.bricks.length, bricks - 1)
  assert.equal(world.score, 10)
  assert.ok(world.balls[0].vy > 0)
})

test("the paddle stays inside the field", () => {
  const world = newWorld()
  movePaddle(world, -500)
  assert.equal(world.paddle.x, paddleWidth(world) / 2)
  movePaddle(world, 5000)
  assert.equal(world.paddle.x, world.width - paddleWidth(world) / 2)
})

test("where the ball meets the paddle decides where it goes", () => {
  for (const [offset, direction] of [
    [-40, -1],
    [40, 1],
  ]) {
    const world = newWorld()
    world.phase = "playing"
    Object.assign(world.balls[0], {
      x: world.paddle.x + offset,
      y: 540,
      vx: 0,
      vy: 300,
      waits: false,
    })
    run(world, 0.2)
    assert.equal(Math.sign(world.balls[0].vx), direction)
    assert.ok(world.balls[0].vy < 0)
  }
})

test("a brick of three hits breaks at the third", () => {
  const world = newWorld()
  world.phase = "playing"
  world.bricks = [
    { x: 400, y: 100, width: 80, height: 20, row: 0, hits: 3 },
    { ...world.bricks[0] },
  ]
  for (const left of [2, 1, 0]) {
    Object.assign(world.balls[0], { x: 440, y: 150, vx: 0, vy: -400, waits: false })
    run(world, 0.1)
    assert.equal(world.bricks.find(({ x }) => x === 400)?.hits ?? 0, left)
  }
})

test("a ball that is missed costs a life, and the last one ends the game", () => {
  const world = newWorld({ lives: 2 })
  for (const [lives, phase] of [
    [1, "ready"],
    [0, "over"],
  ]) {
    world.phase = "playing"
    Object.assign(world.balls[0], { x: 20, y: 590, vx: 0, vy: 400, waits: false })
    movePaddle(world, 800)
    run(world, 0.2)
    assert.equal(world.lives, lives)
    assert.equal(world.phase, phase)
  }
})

test("a level can be cleared, and the next one is faster and has other bricks", () => {
  const world = newWorld({ lives: 9, powerUps: false })
  playUntil(world, ({ phase }) => phase === "cleared")
  assert.equal(world.phase, "cleared")
  assert.equal(world.broken, bricksBefore(2))
  nextLevel(world)
  assert.equal(world.level, 2)
  assert.equal(world.bricks.length, bricksBefore(3) - bricksBefore(2))
})

test("caught power-ups do what they say", () => {
  const caught = (kind) => {
    const world = newWorld({ lives: 3 })
    launch(world)
    world.drops = [{ kind, x: world.paddle.x, y: world.paddle.y - 5, speed: 150 }]
    run(world, 0.02)
    return world
  }
  assert.equal(caught("life").lives, 4)
  assert.equal(caught("balls").balls.length, 3)
  assert.ok(paddleWidth(caught("wide")) > paddleWidth(newWorld()))
  const slow = caught("slow").balls[0]
  const usual = caught("life").balls[0]
  assert.ok(Math.hypot(slow.vx, slow.vy) < Math.hypot(usual.vx, usual.vy))
})

test("without power-ups nothing falls", () => {
  const world = makeWorld({
    ...{ width: 880, height: 600, random: () => 0.01 },
    settings: { ...settings, lives: 9, powerUps: false },
  })
  playUntil(world, ({ broken }) => broken > 20)
  assert.equal(world.drops.length, 0)
})
