import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { html } from "../server/html.js"
import { roomsOf } from "../server/rooms.js"
import { readSettings } from "../server/settings.js"
import { listen } from "../testing/listen.js"
import { startApp } from "../testing/start-app.js"

const settings = readSettings()
const rooms = roomsOf(settings.rooms)
const room = `/rooms/${rooms[0].slug}`

let app
before(async () => {
  app = await startApp()
})
after(() => app.stop())

/** Somebody with a name, from an address of their own. */
async function person(name) {
  const headers = { "x-forwarded-for": `10.1.0.${name.length}${name.charCodeAt(0) % 90}` }
  const joined = await app.post(`${room}/name`, { name }, headers)
  assert.equal(joined.status, 303, joined.text)
  headers.cookie = joined.headers.getSetCookie()[0].split(";")[0]
  return {
    headers,
    say: (text, where = room) => app.post(`${where}/messages`, { text }, headers),
    sayJson: (text) =>
      app.post(`${room}/messages`, { text }, { ...headers, accept: "application/json" }),
    page: async (where = room) => (await app.ask("GET", where, { headers })).text,
    remove: (id) => app.post(`${room}/messages/${id}/delete`, {}, headers),
  }
}

test("the first page is the first room, empty, with every room and the welcome", async () => {
  const page = await app.page("/")
  for (const text of [settings.title, settings.welcome, ...settings.rooms])
    assert.ok(page.includes(html`${text}`), text)
  assert.match(page, /Choose a name/)
})

test("the example shows a room in use, and keeps nothing", async () => {
  assert.match(await app.page("/"), /href="\/example"/)
  assert.match(await app.page("/example"), /<b>Jonas<\/b>/)
  assert.doesNotMatch(await app.page("/"), /<b>Jonas<\/b>/)
})

test("rooms with strange names have addresses of their own", () => {
  const slugs = roomsOf(["Größe & Co", "日本", "grosse", "a b", "A-B"]).map(({ slug }) => slug)
  assert.equal(new Set(slugs).size, 5)
  assert.ok(slugs.every((slug) => /^[a-z0-9-]+$/.test(slug)))
})

test("what is said is on the page for everybody, by name, and survives a restart", async () => {
  const mira = await person("Mira")
  assert.equal((await mira.say("Good morning")).status, 303)
  await app.restart()
  const page = await app.page(room)
  assert.match(page, /<b>Mira<\/b>/)
  assert.match(page, /Good morning/)
  assert.match(await mira.page(), /You are Mira/)
})

test("rooms are apart from each other", { skip: rooms.length < 2 && "one room only" }, async () => {
  const other = `/rooms/${rooms[1].slug}`
  const ida = await person("Ida")
  await ida.say("only over here", other)
  assert.match(await app.page(other), /only over here/)
  assert.doesNotMatch(await app.page(room), /only over here/)
  assert.equal((await app.ask("GET", "/rooms/nowhere")).status, 404)
})

test("an open page hears at once what is said, and who is here", async () => {
  const nora = await person("Nora")
  const page = await listen(`${app.url()}${room}/stream`, nora.headers)
  const { people } = await page.next("presence")
  assert.ok(people.some(({ name }) => name === "Nora"))
  const guest = await listen(`${app.url()}${room}/stream`)
  await page.next("presence", ({ guests }) => guests === 1)
  await nora.say("can you hear me?")
  assert.match((await guest.next("said")).html, /can you hear me\?/)
  guest.stop()
  await page.next("presence", ({ guests }) => guests === 0)
  page.stop()
})

test("pages in other rooms hear that there is news", { skip: rooms.length < 2 }, async () => {
  const elsewhere = await listen(`${app.url()}/rooms/${rooms[1].slug}/stream`)
  await (await person("Emil")).say("news")
  assert.deepEqual(await elsewhere.next("elsewhere"), { room: rooms[0].slug })
  elsewhere.stop()
})

test("a page that was away is told what it missed, and what was deleted", async () => {
  const olga = await person("Olga")
  const { value } = await olga.sayJson("before")
  const { value: missed } = await olga.sayJson("missed")
  const back = await listen(`${app.url()}${room}/stream`, { "last-event-id": String(value.id) })
  assert.equal((await back.next("said")).id, missed.id)
  back.stop()
  if (!settings.deleteOwn) return
  await olga.remove(missed.id)
  const again = await listen(`${app.url()}${room}/stream`)
  assert.ok((await again.next("gone")).ids.includes(missed.id))
  again.stop()
})

test("people delete their own messages and nobody else's", async () => {
  const [vera, wim] = [await person("Vera"), await person("Wim")]
  const { value } = await vera.sayJson("a slip of the tongue")
  assert.equal((await wim.remove(value.id)).status, 403)
  assert.equal((await app.post(`${room}/messages/${value.id}/delete`, {})).status, 403)
  assert.match(await app.page(room), /slip of the tongue/)
  const removed = await vera.remove(value.id)
  assert.equal(removed.status, settings.deleteOwn ? 303 : 403)
  assert.equal((await app.page(room)).includes("slip of the tongue"), !settings.deleteOwn)
})

test("a name is had by one, whatever its letters' case, until it is given up", async () => {
  const ada = await person("Ada")
  const twin = await app.post(`${room}/name`, { name: "ADA" })
  assert.equal(twin.status, 409)
  assert.match(twin.text, /Somebody here is called ADA already/)
  await app.post(`${room}/leave`, {}, ada.headers)
  assert.equal((await app.post(`${room}/name`, { name: "ada" })).status, 303)
  assert.equal((await ada.say("still me?")).status, 401)
})

test("a person can take another name", async () => {
  const lea = await person("Lea")
  await app.post(`${room}/name`, { name: "Leonie" }, lea.headers)
  assert.match(await lea.page(), /You are Leonie/)
})

test("names and messages have limits, and what was typed is not lost", async () => {
  for (const name of ["", "   ", "x".repeat(25)])
    assert.equal((await app.post(`${room}/name`, { name })).status, 422)
  const tom = await person("Tom")
  assert.equal((await tom.say("  ")).status, 422)
  const long = "y".repeat(settings.messageLength + 1)
  const refused = await tom.say(long)
  assert.equal(refused.status, 422)
  assert.ok(refused.text.includes(`>${long}</textarea>`))
  assert.equal((await app.post(`${room}/messages`, { text: "hi" })).status, 401)
})

test("who writes too fast has to wait, others need not", async () => {
  const [fast, calm] = [await person("Fast"), await person("Calm")]
  const answers = []
  for (let count = 0; count < 8; count++) answers.push((await fast.say(`spam ${count}`)).status)
  assert.equal(answers.at(-1), 429)
  assert.equal((await calm.say("hello")).status, 303)
})

test("markup stays text and addresses become links", async () => {
  const zoe = await person("Zoe")
  await zoe.say("<img src=x onerror=alert(1)> see https://example.org/a?b=1. javascript:alert(1)")
  const page = await app.page(room)
  assert.doesNotMatch(page, /<img/)
  assert.match(page, /<a href="https:\/\/example\.org\/a\?b=1" target="_blank" rel="noopener/)
  assert.doesNotMatch(page, /href="javascript/)
})

test("long histories are read back page by page", async () => {
  const people = await Promise.all(
    Array.from({ length: 10 }, (_, at) => person(`${"Reader".padEnd(7 + at, "x")}`)),
  )
  for (const [at, one] of people.entries())
    for (let count = 0; count < 6; count++) await one.say(`line ${at}-${count}`)
  const page = await app.page(room)
  const earlier = page.match(/\?before=\d+/)[0]
  assert.doesNotMatch(page, /Good morning/)
  assert.match(await app.page(room + earlier), /Good morning/)
})

test("the cookie is not readable by scripts, and another site cannot write", async () => {
  const joined = await app.post(`${room}/name`, { name: "Kim" }, { "x-forwarded-proto": "https" })
  const [usual, framed] = joined.headers.getSetCookie()
  assert.match(usual, /HttpOnly.*SameSite=Lax; Secure/)
  assert.match(framed, /HttpOnly.*SameSite=None; Secure; Partitioned/)
  const foreign = await app.post(`${room}/name`, { name: "Eve" }, { origin: "https://bad.example" })
  assert.equal(foreign.status, 403)
})
