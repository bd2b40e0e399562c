import assert from "node:assert/strict"
import { existsSync } from "node:fs"
import { test } from "node:test"
import { words } from "../public/words.js"
import { settings, startApp } from "./start-app.js"

test("the page is called by its title, and brings the tool of the settings", async (t) => {
  const app = await startApp(t, { title: "Kegeln & Co" })
  const { status, text } = await app.visitor().get("/")
  assert.equal(status, 200)
  assert.match(text, /<h1>Kegeln &amp; Co<\/h1>/)
  assert.match(text, new RegExp(`<html lang="${settings.language}">`))
  const [script] = text.match(/\/tools\/[a-z-]+\.js/)
  assert.equal((await app.visitor().get(script)).status, 200)
})

for (const tool of [
  "countdown",
  "pomodoro",
  "chess-clock",
  "draw",
  "dice",
  "tic-tac-toe",
  "connect-four",
  "memory",
  "guess",
  "stopwatch",
  "teams",
])
  test(`the tool ${tool} is there`, () => {
    assert.ok(existsSync(new URL(`../public/tools/${tool}.js`, import.meta.url)))
  })

test("each language has every word", () => {
  const [first, ...others] = Object.values(words).map((each) => Object.keys(each).sort())
  for (const other of others) assert.deepEqual(other, first)
})

test("what is not there is told in a page", async (t) => {
  const app = await startApp(t)
  assert.equal((await app.visitor().get("/nothing")).status, 404)
})
