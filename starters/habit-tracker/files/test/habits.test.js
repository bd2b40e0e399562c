import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { addDays, makeCalendar } from "../server/calendar.js"
import { html } from "../server/html.js"
import { readSettings } from "../server/settings.js"
import { startApp } from "../testing/start-app.js"

const settings = readSettings()
const calendar = makeCalendar(settings)
let app
before(async () => {
  app = await startApp()
})
beforeEach(async () => {
  for (const [path] of (await app.page("/")).matchAll(/\/habits\/\d+(?=")/g))
    await app.post(`${path}/delete`, {})
})
after(() => app.stop())

const names = (page) =>
  [...page.matchAll(/<h2><a href="\/habits\/\d+">([^<]*)</g)].map(([, name]) => name)
const pressed = (page) => page.match(/aria-pressed="true"/g)?.length ?? 0

/** A new habit's address; it is the last of the list. */
async function habit(name, target = 7) {
  assert.equal((await app.post("/habits", { name, target })).status, 303)
  return [...(await app.page("/")).matchAll(/<h2><a href="(\/habits\/\d+)"/g)].at(-1)[1]
}
const mark = (path, day, done = 1, headers = {}) =>
  app.post(`${path}/marks`, { day, done }, headers)

test("a fresh app has the habits of the settings, or says how to begin", async () => {
  const fresh = await startApp()
  const page = await fresh.page("/")
  await fresh.stop()
  assert.deepEqual(
    names(page),
    settings.habits.map((name) => String(html`${name}`)),
  )
  if (settings.habits.length === 0) assert.match(page, /Start with one small thing/)
  assert.ok(page.includes(html`${settings.title}`))
})

test("the example shows ticks and streaks, and keeps nothing", async () => {
  assert.match(await app.page("/"), /href="\/example"/)
  const example = await app.page("/example")
  assert.ok(pressed(example) > 3)
  assert.match(example, /11 days/)
  assert.equal(pressed(await app.page("/")), 0)
})

test("a day that is ticked stays ticked after a restart, and can be unticked", async () => {
  const path = await habit("Stretch")
  const today = calendar.today()
  assert.equal((await mark(path, today)).status, 303)
  await mark(path, today)
  await app.restart()
  assert.equal(pressed(await app.page("/")), 1)
  await mark(path, today, 0)
  assert.equal(pressed(await app.page("/")), 0)
})

test("ticking days in a row makes a streak, as the browser's script hears it", async () => {
  const path = await habit("Read")
  const today = calendar.today()
  await mark(path, addDays(today, -1))
  const { value } = await mark(path, today, 1, { accept: "application/json" })
  assert.equal(value.done, true)
  assert.match(value.summary, /2 days/)
  assert.match(await app.page(path), /<dd>2 days<\/dd>/)
})

test("earlier weeks can be looked at and filled in", async () => {
  const path = await habit("Walk")
  const day = addDays(calendar.today(), -10)
  await mark(path, day)
  assert.equal(pressed(await app.page(`/?week=${day}`)), 1)
  assert.equal(pressed(await app.page("/")), 0)
  assert.match(await app.page(path), /Done on 1 of the last/)
})

test("a month has all its days, and its count for each habit", async () => {
  const path = await habit("Piano")
  for (const day of ["2026-02-01", "2026-02-14", "2026-02-28"]) await mark(path, day)
  const page = await app.page("/month?month=2026-02")
  assert.match(page, /February 2026/)
  assert.match(page, /<b>3<\/b> <span class="quiet">11 %/)
  const columns = page.match(/<th scope="col" class="[^"]*"/g)
  assert.equal(columns.length, 28)
  assert.equal((await app.ask("GET", "/month?month=2026-99")).status, 422)
})

test("days to come cannot be ticked", async () => {
  const path = await habit("Later")
  assert.equal((await mark(path, addDays(calendar.today(), 1))).status, 422)
  assert.equal((await mark(path, "2026-02-31")).status, 422)
})

test("a habit for some days a week counts weeks", async () => {
  const path = await habit("Gym", 2)
  const monday = addDays(calendar.weekOf(calendar.today()), -7)
  for (const day of [monday, addDays(monday, 2)]) await mark(path, day)
  assert.match(await app.page(path), /<dd>1 week<\/dd>/)
})

test("a habit is renamed, coloured and moved", async () => {
  const first = await habit("Alpha")
  const second = await habit("Beta")
  await app.post(first, { name: "Gamma", target: 3, color: 5 })
  await app.post(`${second}/up`, {})
  const page = await app.page("/")
  assert.deepEqual(names(page).slice(-2), ["Beta", "Gamma"])
  assert.match(page, /hue-5/)
  assert.match(page, /of 3 this week/)
})

test("an archived habit is out of the way with its days, until it is taken up again", async () => {
  const path = await habit("Guitar")
  await mark(path, calendar.today())
  await app.post(`${path}/archive`, {})
  const page = await app.page("/")
  assert.equal(names(page).includes("Guitar"), false)
  assert.match(page, /Archived \(1\)/)
  await app.post(`${path}/restore`, {})
  assert.equal(pressed(await app.page("/")), 1)
})

test("a deleted habit is gone, also one of the settings after a restart", async () => {
  const fresh = await startApp()
  if (settings.habits.length === 0) await fresh.post("/habits", { name: "Only", target: 7 })
  const [known] = (await fresh.page("/")).match(/\/habits\/\d+/)
  const before = names(await fresh.page("/")).length
  await fresh.post(`${known}/delete`, {})
  await fresh.restart()
  assert.equal(names(await fresh.page("/")).length, before - 1)
  assert.equal((await fresh.ask("GET", known)).status, 404)
  await fresh.stop()
})

test("names are had once and have limits, and what was typed comes back", async () => {
  await habit("Swim")
  const twin = await app.post("/habits", { name: "swim", target: 3 })
  assert.equal(twin.status, 409)
  assert.match(twin.text, /value="swim"/)
  for (const wrong of [
    { name: " " },
    { name: "x".repeat(41) },
    { name: "Run", target: 8 },
    { name: "Run", target: "often" },
  ])
    assert.equal((await app.post("/habits", wrong)).status, 422)
})

test("markup in a name stays text, and another site cannot tick", async () => {
  const path = await habit("<img src=x>")
  for (const page of ["/", path, "/month"])
    assert.equal((await app.page(page)).includes("<img"), false)
  const foreign = await mark(path, calendar.today(), 1, { "sec-fetch-site": "cross-site" })
  assert.equal(foreign.status, 403)
  assert.equal(pressed(await app.page("/")), 0)
})
