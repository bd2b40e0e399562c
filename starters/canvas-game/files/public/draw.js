// Draws the world. Colours come from the page's style sheet, so that the game has a light and a dark
// look; whoever wants less motion gets no sparks, no trails and no shaking.
import { paddleWidth } from "./world.js"

const signs = { wide: "↔", balls: "3", slow: "½", life: "+" }

export function makePainter(canvas) {
  const picture = canvas.getContext("2d")
  const still = matchMedia("(prefers-reduced-motion: reduce)")
  const effects = { sparks: [], trail: [], shake: 0 }
  return {
    /** Makes room for a field of this size, as sharp as the screen is. */
    fit({ width, height }) {
      const sharpness = Math.min(2, devicePixelRatio || 1)
      canvas.width = width * sharpness
      canvas.height = height * sharpness
      picture.setTransform(sharpness, 0, 0, sharpness, 0, 0)
    },
    paint(world, seconds) {
      const colors = colorsOf(canvas)
      if (still.matches) Object.assign(effects, { sparks: [], trail: [], shake: 0 })
      else moveEffects(effects, world, seconds)
      paintWorld({ picture, colors, effects }, world)
    },
  }
}

function colorsOf(canvas) {
  const style = getComputedStyle(canvas)
  const named = (name) => style.getPropertyValue(name).trim()
  return {
    ink: named("--ink"),
    accent: named("--accent"),
    bricks: named("--bricks"),
    panel: named("--panel"),
  }
}

function moveEffects(effects, world, seconds) {
  for (const { kind, brick } of world.events) {
    if (kind === "break") effects.sparks.push(...sparksOf(brick, world.random))
    if (kind === "lost") effects.shake = 0.3
  }
  for (const spark of effects.sparks) {
    spark.x += spark.vx * seconds
    spark.y += spark.vy * seconds
    spark.vy += 500 * seconds
    spark.life -= seconds * 1.8
  }
  effects.sparks = effects.sparks.filter(({ life }) => life > 0).slice(-200)
  effects.shake = Math.max(0, effects.shake - seconds)
  effects.trail = [...effects.trail, ...world.balls.map(({ x, y }) => ({ x, y }))].slice(-14)
}

const sparksOf = ({ x, y, width, height, row }, random) =>
  Array.from({ length: 10 }, () => ({
    ...{ x: x + random() * width, y: y + random() * height, row, life: 1 },
    ...{ vx: (random() - 0.5) * 320, vy: (random() - 0.7) * 260 },
  }))

function paintWorld(tools, world) {
  const { picture, effects } = tools
  picture.clearRect(0, 0, world.width, world.height)
  picture.save()
  if (effects.shake > 0) picture.translate(Math.sin(world.time * 90 + effects.shake * 60) * 6, 0)
  for (const brick of world.bricks) paintBrick(tools, brick)
  paintSparks(tools)
  for (const drop of world.drops) paintDrop(tools, drop)
  paintPaddle(tools, world)
  paintBalls(tools, world)
  picture.restore()
}

/** Each row turns the colour of the settings a little further round the wheel. */
const hueOf = (colors, row) => `hsl(from ${colors.bricks} calc(h + ${row * 16}) s l)`

function paintBrick({ picture, colors }, { x, y, width, height, row, hits }) {
  picture.fillStyle = hueOf(colors, row)
  rounded(picture, { x, y, width, height, radius: 5 })
  picture.fillStyle = "rgb(255 255 255 / 0.22)"
  rounded(picture, { x: x + 3, y: y + 3, width: width - 6, height: height * 0.28, radius: 3 })
  picture.fillStyle = "rgb(0 0 0 / 0.45)"
  for (let at = 1; at < hits; at++)
    rounded(picture, {
      x: x + 6 + (at - 1) * 10,
      y: y + height - 9,
      width: 6,
      height: 4,
      radius: 2,
    })
}

function rounded(picture, { x, y, width, height, radius }) {
  picture.beginPath()
  picture.roundRect(x, y, width, height, radius)
  picture.fill()
}

function paintSparks({ picture, colors, effects }) {
  for (const { x, y, row, life } of effects.sparks) {
    picture.globalAlpha = life
    picture.fillStyle = hueOf(colors, row)
    picture.fillRect(x, y, 5, 5)
  }
  picture.globalAlpha = 1
}

function paintDrop({ picture, colors }, { kind, x, y }) {
  picture.fillStyle = colors.ink
  rounded(picture, { x: x - 17, y: y - 11, width: 34, height: 22, radius: 11 })
  picture.fillStyle = colors.panel
  picture.font = "700 15px system-ui, sans-serif"
  picture.textAlign = "center"
  picture.textBaseline = "middle"
  picture.fillText(signs[kind], x, y + 1)
}

function paintPaddle({ picture, colors }, world) {
  const { paddle } = world
  const width = paddleWidth(world)
  picture.fillStyle = colors.accent
  rounded(picture, { ...paddle, x: paddle.x - width / 2, width, radius: 7 })
  picture.fillStyle = "rgb(255 255 255 / 0.3)"
  rounded(picture, {
    x: paddle.x - width / 2 + 6,
    y: paddle.y + 3,
    width: width - 12,
    height: 3,
    radius: 2,
  })
}

function paintBalls({ picture, colors, effects }, { balls }) {
  picture.fillStyle = colors.accent
  for (const [at, { x, y }] of effects.trail.entries()) {
    picture.globalAlpha = (at / effects.trail.length) * 0.3
    circle(picture, x, { y, radius: 2 + (at / effects.trail.length) * 5 })
  }
  picture.globalAlpha = 1
  picture.fillStyle = colors.ink
  for (const { x, y } of balls) circle(picture, x, { y, radius: 8 })
}

function circle(picture, x, { y, radius }) {
  picture.beginPath()
  picture.arc(x, y, radius, 0, Math.PI * 2)
  picture.fill()
}
