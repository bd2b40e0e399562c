// The game without a screen: bricks, balls and the paddle, moved in small steps. What happened in a
// step is told by `world.events`, which pictures, sounds and announcements are made of.
import { columns, comboMost, dropPoints, hitPoints, levelBonus, patternOf } from "./levels.js"

const speeds = { slow: 330, normal: 430, fast: 540 }
const ballRadius = 8
const gap = 6
const dropKinds = ["wide", "balls", "slow", "life"]
const livesMost = 9

/** A game at its first level; sizes are in `px` of the field. */
export function makeWorld({ width, height, settings, random = Math.random }) {
  const world = { width, height, settings, random, time: 0, score: 0, broken: 0, level: 0 }
  Object.assign(world, { lives: settings.lives, phase: "ready", events: [] })
  world.paddle = { x: width / 2, y: height - 34, width: width * 0.16, height: 14, wideUntil: 0 }
  nextLevel(world)
  return world
}

export function nextLevel(world) {
  world.level++
  world.bricks = bricksOf(world)
  world.drops = []
  serve(world)
}

function bricksOf({ width, height, level }) {
  const brickWidth = (width - gap * (columns + 1)) / columns
  const brickHeight = height / 28
  return patternOf(level).flatMap((line, row) =>
    [...line].flatMap((sign, column) => {
      if (sign === ".") return []
      const x = gap + column * (brickWidth + gap)
      const y = height * 0.1 + row * (brickHeight + gap)
      const hits = Number(sign)
      return [{ x, y, width: brickWidth, height: brickHeight, row, hits }]
    }),
  )
}

/** A ball waits on the paddle until it is launched. */
function serve(world) {
  const { paddle } = world
  paddle.wideUntil = 0
  world.slowUntil = 0
  world.combo = 1
  world.balls = [{ x: paddle.x, y: paddle.y - ballRadius, vx: 0, vy: 0, waits: true }]
  world.phase = "ready"
}

export function launch(world) {
  if (world.phase !== "ready") return
  world.phase = "playing"
  for (const ball of world.balls) {
    if (ball.waits) aim(ball, (world.random() - 0.5) * 0.8, speedOf(world))
    ball.waits = false
  }
}

const speedOf = ({ settings, level, height, slowUntil, time }) =>
  speeds[settings.speed] * (height / 600) * (1 + 0.05 * (level - 1)) * (time < slowUntil ? 0.7 : 1)

/** Sends a ball upwards; `angle` in radians from straight up. */
function aim(ball, angle, speed) {
  ball.vx = Math.sin(angle) * speed
  ball.vy = -Math.cos(angle) * speed
}

export const paddleWidth = ({ paddle, time }) => paddle.width * (time < paddle.wideUntil ? 1.6 : 1)

export function movePaddle(world, x) {
  const half = paddleWidth(world) / 2
  world.paddle.x = Math.min(world.width - half, Math.max(half, x))
  for (const ball of world.balls) if (ball.waits) ball.x = world.paddle.x
}

/** Moves everything by `seconds`, at most a sixtieth of one. */
export function step(world, seconds) {
  if (world.phase !== "playing") return
  world.time += seconds
  for (const ball of world.balls) moveBall(world, ball, seconds)
  world.balls = world.balls.filter((ball) => ball.y < world.height + ballRadius)
  moveDrops(world, seconds)
  if (world.bricks.length === 0) return finishLevel(world)
  if (world.balls.length === 0) loseLife(world)
}

function moveBall(world, ball, seconds) {
  ball.x += ball.vx * seconds
  ball.y += ball.vy * seconds
  bounceOffWalls(world, ball)
  bounceOffPaddle(world, ball)
  const brick = world.bricks.find((one) => touches(ball, one))
  if (!brick) return
  bounceOffBrick(ball, brick)
  hit(world, brick)
}

function bounceOffWalls({ width, events }, ball) {
  const { x, y, vx, vy } = ball
  if (x < ballRadius) ball.vx = Math.abs(vx)
  if (x > width - ballRadius) ball.vx = -Math.abs(vx)
  if (y < ballRadius) ball.vy = Math.abs(vy)
  if (ball.vx !== vx || ball.vy !== vy) events.push({ kind: "wall" })
}

function bounceOffPaddle(world, ball) {
  const { paddle } = world
  const half = paddleWidth(world) / 2
  const beside = Math.abs(ball.x - paddle.x) > half + ballRadius
  const above = ball.y + ballRadius < paddle.y
  if (ball.vy <= 0 || beside || above || ball.y > paddle.y + paddle.height) return
  const offset = Math.max(-1, Math.min(1, (ball.x - paddle.x) / half))
  aim(ball, offset * 1.05, speedOf(world))
  ball.y = paddle.y - ballRadius
  world.combo = 1
  world.events.push({ kind: "paddle" })
}

function touches(ball, brick) {
  const x = Math.max(brick.x, Math.min(ball.x, brick.x + brick.width))
  const y = Math.max(brick.y, Math.min(ball.y, brick.y + brick.height))
  return (ball.x - x) ** 2 + (ball.y - y) ** 2 < ballRadius ** 2
}

/** Off the side through which the ball has come in least. */
function bounceOffBrick(ball, brick) {
  const fromLeft = ball.x + ballRadius - brick.x
  const fromRight = brick.x + brick.width + ballRadius - ball.x
  const fromTop = ball.y + ballRadius - brick.y
  const fromBottom = brick.y + brick.height + ballRadius - ball.y
  const least = Math.min(fromLeft, fromRight, fromTop, fromBottom)
  if (least === fromLeft) ball.vx = -Math.abs(ball.vx)
  else if (least === fromRight) ball.vx = Math.abs(ball.vx)
  else if (least === fromTop) ball.vy = -Math.abs(ball.vy)
  else ball.vy = Math.abs(ball.vy)
}

function hit(world, brick) {
  world.score += hitPoints * world.combo
  brick.hits--
  if (brick.hits > 0) return world.events.push({ kind: "crack", brick })
  world.bricks.splice(world.bricks.indexOf(brick), 1)
  world.broken++
  world.combo = Math.min(comboMost, world.combo + 1)
  world.events.push({ kind: "break", brick })
  if (world.settings.powerUps && world.random() < 0.14) drop(world, brick)
}

function drop({ drops, random }, { x, y, width }) {
  const kind = dropKinds[Math.floor(random() * dropKinds.length)]
  drops.push({ kind, x: x + width / 2, y, speed: 150 })
}

function moveDrops(world, seconds) {
  const { paddle, height } = world
  const reach = paddleWidth(world) / 2 + 14
  for (const one of world.drops) {
    one.y += one.speed * (height / 600) * seconds
    const level = one.y > paddle.y - 12 && one.y < paddle.y + 24
    if (!level || Math.abs(one.x - paddle.x) > reach) continue
    one.caught = true
    world.score += dropPoints
    take[one.kind](world)
    world.events.push({ kind: "caught", drop: one })
  }
  world.drops = world.drops.filter(({ caught, y }) => !caught && y < height + 20)
}

const take = {
  wide(world) {
    world.paddle.wideUntil = world.time + 15
    movePaddle(world, world.paddle.x)
  },
  balls(world) {
    const [ball] = world.balls
    if (!ball || world.balls.length > 4) return
    for (const angle of [-0.5, 0.5]) {
      const twin = { ...ball }
      aim(twin, angle, speedOf(world))
      world.balls.push(twin)
    }
  },
  slow(world) {
    world.slowUntil = world.time + 10
    for (const ball of world.balls) Object.assign(ball, { vx: ball.vx * 0.7, vy: ball.vy * 0.7 })
  },
  life(world) {
    world.lives = Math.min(livesMost, world.lives + 1)
  },
}

function finishLevel(world) {
  world.score += levelBonus(world.level, world.lives)
  world.phase = "cleared"
  world.events.push({ kind: "cleared" })
}

function loseLife(world) {
  world.lives--
  world.events.push({ kind: "lost" })
  if (world.lives > 0) serve(world)
  else world.phase = "over"
}
