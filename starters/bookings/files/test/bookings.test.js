import assert from "node:assert/strict"
import { test } from "node:test"
import { becomeOwner } from "./owner.js"
import { settings, sharedApp, startApp } from "./start-app.js"

const everyDay = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
/** Open around the clock, so that there are times ahead whenever the tests run. */
const open = {
  ...{ opening_days: everyDay, opens: 0, closes: 24, slot_minutes: 60, days_ahead: 7 },
  asked: [],
}
const person = (name) => ({ name, email: `${name.toLowerCase()}@example.org`, note: "" })
let places = 0
/** Somebody who booked nothing before. */
const stranger = (name) => ({
  ...person(name),
  email: `${name.toLowerCase()}${places++}@example.org`,
})

const slotsIn = (text) => [...text.matchAll(/href="\/book\?at=([^"]+)"/g)].map(([, slot]) => slot)

/** A time of the day after tomorrow. */
async function someSlot(visitor) {
  const days = [...(await visitor.get("/")).text.matchAll(/\/\?day=([\d-]+)#/g)].map(
    ([, day]) => day,
  )
  const { text } = await visitor.get(`/?day=${days[2]}`)
  return slotsIn(text)[2 + (places++ % 20)]
}

async function book(visitor, at, who) {
  const answer = await visitor.post("/book", { at, ...who })
  return { ...answer, link: answer.headers.get("location") }
}

/** A studio of its own with other settings, or the one that most tests share. */
async function studio(t, changed) {
  const app = changed ? await startApp(t, { ...open, ...changed }) : await sharedApp(open)
  const visitor = app.visitor()
  return { app, visitor, slot: await someSlot(visitor) }
}

test("the first page answers with the settings as they are", async (t) => {
  const app = await startApp(t)
  const { status, text } = await app.visitor().get("/")
  assert.equal(status, 200)
  assert.match(text, /Book a time/)
})

test("days and hours of the settings decide which times are offered", async (t) => {
  const { visitor, slot } = await studio(t, { slot_minutes: 45, opens: 8, closes: 20 })
  const times = slotsIn((await visitor.get(`/?day=${slot.slice(0, 10)}`)).text)
  assert.equal(times.length, 16)
  assert.deepEqual(
    times.slice(0, 2).map((time) => time.slice(11)),
    ["08:00", "08:45"],
  )
})

test("opening days can be named in German, French and Spanish", async (t) => {
  const app = await startApp(t, { ...open, opening_days: ["Montag", "mardi", "miércoles"] })
  const { text } = await app.visitor().get("/")
  const days = [...text.matchAll(/\/\?day=([\d-]+)#/g)].map(([, day]) => new Date(day).getUTCDay())
  assert.equal(
    days.every((day) => [1, 2, 3].includes(day)),
    true,
  )
  assert.equal(days.length > 0, true)
})

test("a place that has no times says so", async (t) => {
  const app = await startApp(t, { opens: 18, closes: 9 })
  assert.match((await app.visitor().get("/")).text, /No times yet/)
})

test("a booking has a private page with its time, and no other address shows it", async (t) => {
  const { app, visitor, slot } = await studio(t)
  const { status, link } = await book(visitor, slot, stranger("Ada"))
  assert.equal(status, 303)
  const { text } = await visitor.get(link)
  assert.match(text, /You are booked/)
  assert.match(text, new RegExp(slot.slice(11)))
  assert.equal((await app.visitor().get("/b/AAAAAAAAAAAAAAAAAAAAAA")).status, 404)
  assert.doesNotMatch((await app.visitor().get("/")).text, /Ada/)
})

test("a time is never given to more people than it has places", async (t) => {
  const { visitor, slot } = await studio(t, { capacity: 2 })
  const made = await Promise.all(
    ["Ada", "Ben", "Cleo"].map((name) => book(visitor, slot, person(name))),
  )
  const pages = await Promise.all(made.map(({ link }) => visitor.get(link)))
  const booked = pages.filter(({ text }) => text.includes("You are booked"))
  const waiting = pages.filter(({ text }) => text.includes("You are number 1"))
  assert.deepEqual([booked.length, waiting.length], [2, 1])
})

test("who waits moves up in order when somebody cancels", async (t) => {
  const { visitor, slot } = await studio(t, { capacity: 1 })
  const links = []
  for (const name of ["Ada", "Ben", "Cleo"])
    links.push((await book(visitor, slot, person(name))).link)
  const [ada, ben, cleo] = links
  assert.match((await visitor.get(cleo)).text, /You are number 2/)
  await visitor.post(`${ada}/cancel`)
  assert.match((await visitor.get(ada)).text, /is cancelled/)
  assert.match((await visitor.get(ben)).text, /You are booked/)
  assert.match((await visitor.get(cleo)).text, /You are number 1/)
})

test("more places in the settings help those who wait", async (t) => {
  const { app, visitor, slot } = await studio(t, { capacity: 1 })
  await book(visitor, slot, person("Ada"))
  const { link } = await book(visitor, slot, person("Ben"))
  await app.restart({ ...open, capacity: 2 })
  assert.match((await visitor.get(link)).text, /You are booked/)
})

test("one address cannot take a time twice, nor very many times", async (t) => {
  const { visitor, slot } = await studio(t)
  const ada = stranger("Ada")
  await book(visitor, slot, ada)
  assert.equal((await book(visitor, slot, ada)).status, 409)
  const others = slotsIn((await visitor.get(`/?day=${slot.slice(0, 10)}`)).text)
  const statuses = []
  for (const other of others.filter((at) => at !== slot).slice(0, 6))
    statuses.push((await book(visitor, other, ada)).status)
  assert.deepEqual(statuses, [303, 303, 303, 303, 303, 409])
})

test("wrong input is named at its field, and what was typed is kept", async (t) => {
  const { visitor, slot } = await studio(t)
  const { status, text } = await book(visitor, slot, { name: "Ada", email: "nowhere", note: "<b>" })
  assert.equal(status, 400)
  assert.match(text, /This is not an email address/)
  assert.match(text, /value="Ada"/)
  assert.match(text, /&lt;b&gt;/)
  for (const at of ["2001-01-01T09:00", `${slot}:00`, "tomorrow", `${slot.slice(0, 14)}07`])
    assert.equal((await book(visitor, at, stranger("Ada"))).status, 404)
})

test("what else people are asked has to be answered, and the owner reads it", async (t) => {
  const { app, visitor, slot } = await studio(t, { asked: ["Phone", "What is broken"] })
  const bare = await book(visitor, slot, person("Ada"))
  assert.equal(bare.status, 400)
  assert.match(bare.text, /What is broken/)
  const answers = { asked_0: "0117 496 0000", asked_1: "The <chain>", note: "Thanks" }
  assert.equal((await book(visitor, slot, { ...person("Ada"), ...answers })).status, 303)
  const owner = await becomeOwner(app)
  const { text } = await owner.get("/owner")
  assert.match(text, /Phone: 0117 496 0000\nWhat is broken: The &lt;chain&gt;\nThanks/)
})

test("other sites' pages cannot book or cancel", async (t) => {
  const { visitor, slot } = await studio(t)
  const { link } = await book(visitor, slot, stranger("Ada"))
  const foreign = { origin: "https://evil.example" }
  assert.equal((await visitor.post(`${link}/cancel`, {}, foreign)).status, 403)
  assert.match((await visitor.get(link)).text, /You are booked/)
})

test("the calendar file has the moment in universal time", async (t) => {
  const { visitor, slot } = await studio(t, { time_zone: "Asia/Tokyo" })
  const { link } = await book(visitor, slot, person("Ada"))
  const { headers, text } = await visitor.get(`${link}/calendar.ics`)
  assert.match(headers.get("content-type"), /text\/calendar/)
  const began = new Date(`${slot}:00+09:00`).toISOString().replace(/[-:]|\.\d+/g, "")
  assert.match(text, new RegExp(`DTSTART:${began}`))
})

test("the owner sees who comes, cancels for them and exports the list", async (t) => {
  const { app, visitor, slot } = await studio(t, { capacity: 1 })
  const ada = await book(visitor, slot, person("Ada"))
  await book(visitor, slot, { ...person("=Ben"), email: "ben@example.org" })
  const owner = await becomeOwner(app)
  const { text } = await owner.get("/owner")
  assert.match(text, /Ada/)
  assert.match(text, /waiting/)
  const csv = await owner.get("/owner/bookings.csv")
  assert.match(csv.text, /"Ada","ada@example.org"/)
  assert.match(csv.text, /"'=Ben"/)
  const id = text.match(/\/owner\/bookings\/(\d+)\/cancel/)[1]
  assert.equal((await visitor.post(`/owner/bookings/${id}/cancel`)).status, 403)
  await owner.post(`/owner/bookings/${id}/cancel`)
  assert.match((await visitor.get(ada.link)).text, /is cancelled/)
  assert.doesNotMatch((await owner.get("/owner")).text, /Ada/)
})

test("a day that the owner closes offers no times until it is opened again", async (t) => {
  const { app, visitor, slot } = await studio(t)
  const owner = await becomeOwner(app)
  const day = slot.slice(0, 10)
  await owner.post("/owner/close", { day })
  assert.deepEqual(slotsIn((await visitor.get(`/?day=${day}`)).text), [])
  assert.equal((await book(visitor, slot, stranger("Ada"))).status, 404)
  await owner.post("/owner/open", { day })
  assert.equal((await book(visitor, slot, stranger("Ada"))).status, 303)
})

test("a price is shown in its currency, and none where it is 0", async (t) => {
  const costly = await startApp(t, { price: 12.5, currency: "GBP" })
  assert.match((await costly.visitor().get("/")).text, /£12\.50/)
  const free = await startApp(t, { price: 0 })
  assert.doesNotMatch((await free.visitor().get("/")).text, /0 ?€|€ ?0|£0/)
  assert.equal(typeof settings.title, "string")
})
