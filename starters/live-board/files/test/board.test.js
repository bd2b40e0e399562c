import assert from "node:assert/strict"
import { test } from "node:test"
import { settings, sharedApp, startApp } from "./start-app.js"

const [first, second] = settings.columns
const last = settings.columns.at(-1)

/** Titles by column, as the page shows them. */
async function seen(visitor) {
  const { text } = await visitor.get("/columns")
  const columns = text.split('<section class="column"').slice(1)
  return Object.fromEntries(
    columns.map((part, at) => [
      settings.columns[at],
      [...part.matchAll(/class="card-title"[^>]*>([^<]*)</g)].map(([, title]) => title),
    ]),
  )
}

async function idOf(visitor, title) {
  const { text } = await visitor.get("/columns")
  return text.match(new RegExp(`href="/cards/(\\d+)"[^>]*>${title}<`))?.[1]
}

/** Empties the board that most tests share. */
async function emptyBoard(changed) {
  const app = await sharedApp(changed)
  const visitor = app.visitor()
  const { text } = await visitor.get("/columns")
  for (const [, id] of text.matchAll(/href="\/cards\/(\d+)"/g))
    await visitor.post(`/cards/${id}/delete`)
  return { app, visitor }
}

test("a new board shows its title, its columns and cards that explain it", async (t) => {
  const app = await startApp(t)
  const visitor = app.visitor()
  const { status, text } = await visitor.get("/")
  assert.equal(status, 200)
  assert.match(text, /<h1>/)
  const columns = await seen(visitor)
  assert.deepEqual(Object.keys(columns), settings.columns)
  assert.equal(columns[first].includes("Drag a card to another column"), true)
})

test("a board without cards says what to do", async () => {
  const { visitor } = await emptyBoard()
  assert.match((await visitor.get("/")).text, /Nothing here yet/)
})

test("cards are added to the end of their column and stay after a restart", async () => {
  const { app, visitor } = await emptyBoard()
  const added = await visitor.post("/cards", { column: second, title: "Paint the door" })
  assert.equal(added.status, 303)
  await visitor.post("/cards", { column: second, title: "Hang the lamp" })
  assert.deepEqual((await seen(visitor))[second], ["Paint the door", "Hang the lamp"])
  await app.restart()
  assert.deepEqual((await seen(visitor))[second], ["Paint the door", "Hang the lamp"])
})

test("cards are moved between columns and within one", async () => {
  const { visitor } = await emptyBoard()
  for (const title of ["One", "Two", "Three"])
    await visitor.post("/cards", { column: first, title })
  const [one, three] = [await idOf(visitor, "One"), await idOf(visitor, "Three")]
  await visitor.post(`/cards/${three}/move`, { column: first, before: one })
  assert.deepEqual((await seen(visitor))[first], ["Three", "One", "Two"])
  await visitor.post(`/cards/${one}/move`, { column: last })
  const columns = await seen(visitor)
  assert.deepEqual([columns[first], columns[last]], [["Three", "Two"], ["One"]])
})

test("a card is edited, moved by its form, and deleted", async () => {
  const { visitor } = await emptyBoard()
  await visitor.post("/cards", { column: first, title: "Draft" })
  const id = await idOf(visitor, "Draft")
  await visitor.post(`/cards/${id}`, { column: last, title: "Final", note: "With details" })
  assert.deepEqual((await seen(visitor))[last], ["Final"])
  assert.match((await visitor.get(`/cards/${id}`)).text, /With details/)
  await visitor.post(`/cards/${id}/delete`)
  assert.deepEqual((await seen(visitor))[last], [])
  assert.equal((await visitor.get(`/cards/${id}`)).status, 404)
})

test("a browser has one vote a card and can take it back", async () => {
  const { app, visitor } = await emptyBoard({ votes: true })
  await visitor.post("/cards", { column: first, title: "Picnic" })
  const id = await idOf(visitor, "Picnic")
  const votes = async (who) =>
    (await who.get("/columns")).text.match(/Vote for: Picnic. (\d+) so far/)?.[1]
  const other = app.visitor()
  await visitor.post(`/cards/${id}/vote`)
  await other.post(`/cards/${id}/vote`)
  assert.equal(await votes(visitor), "2")
  await visitor.post(`/cards/${id}/vote`)
  assert.equal(await votes(other), "1")
  assert.match((await other.get("/columns")).text, /aria-pressed="true"/)
  assert.doesNotMatch((await visitor.get("/columns")).text, /aria-pressed="true"/)
})

test("a board without votes offers none and takes none", async () => {
  const { visitor } = await emptyBoard({ votes: false })
  await visitor.post("/cards", { column: first, title: "Picnic" })
  assert.doesNotMatch((await visitor.get("/columns")).text, /Vote for/)
  const id = await idOf(visitor, "Picnic")
  assert.equal((await visitor.post(`/cards/${id}/vote`)).status, 404)
})

test("an open page hears of what somebody else changes", async () => {
  const { app, visitor } = await emptyBoard()
  const stream = await fetch(`${app.url()}/live`)
  const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ""
  const until = async (words) => {
    while (!heard.includes(words)) heard += (await reader.read()).value
  }
  await until("event: hello")
  await visitor.post("/cards", { column: first, title: "News" })
  await until("event: changed")
  await reader.cancel()
})

test("what people write is shown as text, never as markup", async () => {
  const { visitor } = await emptyBoard()
  await visitor.post("/cards", { column: first, title: "<img src=x onerror=alert(1)>" })
  const { text } = await visitor.get("/")
  assert.doesNotMatch(text, /<img/)
  assert.match(text, /&lt;img src=x/)
})

test("a title that is missing or too long is refused and what was typed is kept", async () => {
  const { visitor } = await emptyBoard()
  const missing = await visitor.post("/cards", { column: first, title: " ", note: "My details" })
  assert.equal(missing.status, 400)
  assert.match(missing.text, /Title is missing/)
  assert.match(missing.text, /My details/)
  const long = await visitor.post("/cards", { column: first, title: "x".repeat(141) })
  assert.equal(long.status, 400)
  const huge = await visitor.post("/cards", { column: first, title: "x".repeat(100_000) })
  assert.equal(huge.status, 413)
  assert.equal((await visitor.post("/cards", { column: "Elsewhere", title: "A" })).status, 400)
  assert.deepEqual((await seen(visitor))[first], [])
})

test("pages of other sites cannot change the board", async () => {
  const { visitor } = await emptyBoard()
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }]) {
    const { status } = await visitor.post("/cards", { column: first, title: "Spam" }, headers)
    assert.equal(status, 403)
  }
  assert.deepEqual((await seen(visitor))[first], [])
})

test("cards of a column that is taken away move to the first column", async (t) => {
  const app = await startApp(t)
  const visitor = app.visitor()
  await visitor.post("/cards", { column: last, title: "Keep me" })
  await app.restart({ columns: ["Ideas", "Shipped"] })
  const { text } = await visitor.get("/columns")
  assert.match(text.split('data-column="Shipped"')[0], /Keep me/)
})
