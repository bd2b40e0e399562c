import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { html } from "../server/html.js"
import { readSettings } from "../server/settings.js"
import { startApp } from "../testing/start-app.js"

const settings = readSettings()
let app
before(async () => {
  app = await startApp()
})
after(() => app.stop())

/** Everybody here comes from an address of their own, but for who tests the limits. */
let visitor = 0
const from = () => ({ "x-forwarded-for": `10.0.0.${++visitor % 250}` })
const begin = async () =>
  (await app.ask("POST", "/api/games", { json: {}, headers: from() })).value.game
const send = (score) => app.ask("POST", "/api/scores", { json: score, headers: from() })
const listed = async () => (await app.ask("GET", "/api/scores")).value.scores

/** Sends a small score again until so many bricks could have been broken since the game began. */
async function save(name, score) {
  const game = await begin()
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 30))
    const answer = await send({ game, name, score, level: 1, broken: 1 })
    if (answer.value.error !== "So many bricks do not break that fast.") return answer
  }
}

test("the first page has the game with its settings and an empty list that says so", async () => {
  const page = await app.page("/")
  assert.ok(page.includes(html`<h1>${settings.title}</h1>`))
  assert.match(page, /Nobody is on the list yet/)
  assert.match(page, new RegExp(`data-lives>${settings.lives}<`))
  assert.equal(page.includes("wider paddle"), settings.powerUps)
})

test("what the page needs is there", async () => {
  const page = await app.page("/")
  for (const [, path] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g))
    assert.equal((await app.ask("GET", path)).status, 200, path)
})

test("scores are listed by points with their place, and survive a restart", async () => {
  assert.equal((await save("Ada", 40)).value.place, 1)
  assert.equal((await save("Bob", 60)).value.place, 1)
  assert.equal((await save("Cleo", 40)).value.place, 3)
  await app.restart()
  assert.deepEqual(
    (await listed()).map(({ name }) => name),
    ["Bob", "Ada", "Cleo"],
  )
  assert.match(await app.page("/"), /class="name">Bob</)
})

test("a game's score is saved once", async () => {
  const game = await begin()
  const score = { game, name: "Dot", score: 0, level: 1, broken: 0 }
  assert.equal((await send(score)).status, 201)
  assert.equal((await send(score)).status, 409)
})

test("a game nobody began has no score", async () => {
  assert.equal(
    (await send({ game: "made-up", name: "Eve", score: 0, level: 1, broken: 0 })).status,
    409,
  )
  assert.equal((await send({ name: "Eve", score: 0, level: 1, broken: 0 })).status, 422)
})

test("scores that no game can reach are refused, and the game may still save a true one", async () => {
  const before = await listed()
  const game = await begin()
  for (const [told, reason] of [
    [{ score: 900_000, level: 1, broken: 0 }, /points are not in these bricks/],
    [{ score: 10, level: 5, broken: 3 }, /do not lead to that level/],
    [{ score: 10, level: 1, broken: 900 }, /do not lead to that level/],
    [{ score: 400, level: 1, broken: 40 }, /do not break that fast/],
    [{ score: -5, level: 1, broken: 0 }, /whole numbers/],
    [{ score: 1.5, level: 1, broken: 0 }, /whole numbers/],
  ]) {
    const answer = await send({ game, name: "Mallory", ...told })
    assert.equal(answer.status, 422)
    assert.match(answer.value.error, reason)
  }
  assert.deepEqual(await listed(), before)
  assert.equal((await send({ game, name: "Honest", score: 0, level: 1, broken: 0 })).status, 201)
})

test("a name is needed, is not long, and is shown as text", async () => {
  for (const name of ["", "   ", "x".repeat(21), 7])
    assert.equal(
      (await send({ game: await begin(), name, score: 0, level: 1, broken: 0 })).status,
      422,
    )
  await save("<b>Zed</b>", 50)
  assert.match(await app.page("/"), /&#60;b&#62;Zed/)
})

test("another site cannot save a score, and too large a body is refused", async () => {
  const headers = { "sec-fetch-site": "cross-site" }
  assert.equal((await app.ask("POST", "/api/games", { json: {}, headers })).status, 403)
  assert.equal((await send({ name: "x".repeat(9000) })).status, 413)
})

test("who begins games without end is asked to wait", async () => {
  const answers = []
  for (let count = 0; count < 70; count++)
    answers.push((await app.ask("POST", "/api/games", { json: {} })).status)
  assert.ok(answers.includes(429))
})
