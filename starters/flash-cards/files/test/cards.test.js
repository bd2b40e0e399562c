import assert from "node:assert/strict"
import { test } from "node:test"
import { drawn, levelMax } from "../cards.js"
import { settings, startApp } from "./start-app.js"

const english = { language: "en", front: "", back: "" }
const add = (visitor, front, back) => visitor.post("/cards", { front, back })
const shownIn = (text) => text.match(/practise\?card=(\d+)/)?.[1]

test("the first page answers with the settings as they are", async (t) => {
  const app = await startApp(t)
  const { status, text } = await app.visitor().get("/")
  assert.equal(status, 200)
  assert.match(text, new RegExp(`<html lang="${settings.language}">`))
})

test("a card that somebody adds is there for everybody, also after a restart", async (t) => {
  const app = await startApp(t, english)
  assert.equal((await add(app.visitor(), "ci", "dog <b>")).status, 303)
  await app.restart()
  const { text } = await app.visitor().get("/")
  assert.match(text, /<strong>ci<\/strong><span>dog &lt;b&gt;<\/span>/)
})

test("a card without one of its sides is refused at that side", async (t) => {
  const app = await startApp(t, { ...english, back: "English" })
  const { status, text } = await add(app.visitor(), "ci", "")
  assert.equal(status, 400)
  assert.match(text, /English is missing/)
  assert.match(text, /value="ci"/)
})

test("the back of a card is not shown before it was turned over", async (t) => {
  const visitor = (await startApp(t, english)).visitor()
  await add(visitor, "cath", "cat")
  const front = (await visitor.get("/practise")).text
  assert.match(front, /cath/)
  assert.doesNotMatch(front, />cat</)
  const back = (await visitor.get(`/practise?card=${shownIn(front)}&turned=1`)).text
  assert.match(back, />cat</)
  assert.match(back, /I knew it/)
})

test("what was known and what was not is counted", async (t) => {
  const visitor = (await startApp(t, english)).visitor()
  await add(visitor, "buwch", "cow")
  const id = shownIn((await visitor.get("/practise")).text)
  for (const answer of ["knew", "again", "knew"])
    assert.equal((await visitor.post(`/cards/${id}/${answer}`)).status, 303)
  assert.match((await visitor.get("/")).text, /known 2 of 3 times/)
})

test("a card is not shown twice in a row while there are others", async (t) => {
  const visitor = (await startApp(t, english)).visitor()
  for (const front of ["un", "dau"]) await add(visitor, front, front)
  const first = shownIn((await visitor.get("/practise")).text)
  const { headers } = await visitor.post(`/cards/${first}/again`)
  for (let times = 0; times < 5; times++)
    assert.notEqual(shownIn((await visitor.get(headers.get("location"))).text), first)
})

test("cards that are not known come up more often than those that are", () => {
  const cards = [
    { id: 1, level: levelMax },
    { id: 2, level: 0 },
  ]
  const lots = Array.from({ length: 90 }, (_, at) => at / 90)
  const times = lots.filter((lot) => drawn(cards, { lot, last: 0 }).id === 2).length
  assert.equal(times, 80)
})

test("a card is removed, and one that is not there is not found", async (t) => {
  const visitor = (await startApp(t, english)).visitor()
  await add(visitor, "pysgodyn", "fish")
  const id = shownIn((await visitor.get("/practise")).text)
  await visitor.post(`/cards/${id}/remove`)
  assert.doesNotMatch((await visitor.get("/")).text, /pysgodyn/)
  assert.equal((await visitor.post(`/cards/${id}/knew`)).status, 404)
  assert.equal((await visitor.get("/practise?card=77")).status, 404)
})

test("other sites' pages add no card", async (t) => {
  const visitor = (await startApp(t, english)).visitor()
  const foreign = { origin: "https://evil.example" }
  const sent = await visitor.post("/cards", { front: "a", back: "b" }, foreign)
  assert.equal(sent.status, 403)
})
