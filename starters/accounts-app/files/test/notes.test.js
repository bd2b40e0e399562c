import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { newPerson } from "../testing/people.js"
import { startApp } from "../testing/start-app.js"

let app
before(async () => {
  app = await startApp()
})
after(() => app.stop())

const titles = (page) =>
  [...page.matchAll(/<h2><a href="\/notes\/\d+">([^<]*)</g)].map(([, t]) => t)
const versionOf = (page) => page.match(/name="version" value="(\d+)"/)[1]

test("a note is kept with its title and text, and survives a restart", async () => {
  const person = await newPerson(app)
  const id = await person.note("Market", "Basil\nTwo lemons")
  await app.restart()
  assert.deepEqual(titles(await person.page("/")), ["Market"])
  assert.match(await person.page(`/notes/${id}`), />\nBasil\nTwo lemons<\/textarea>/)
})

test("the example shows notes that are nobody's", async () => {
  assert.match(await app.page("/"), /href="\/example"/)
  const example = await app.page("/example")
  assert.ok(titles(example).includes("Saturday market"))
  assert.doesNotMatch(example, /Sign out/)
  const person = await newPerson(app)
  assert.deepEqual(titles(await person.page("/")), [])
})

test("nobody else can read, change, pin or delete a note", async () => {
  const [mine, other] = [await newPerson(app), await newPerson(app)]
  const id = await mine.note("Diary", "for my eyes only")
  assert.doesNotMatch(await other.page("/"), /Diary/)
  assert.equal((await other.get(`/notes/${id}`)).status, 404)
  const change = { title: "Mine now", text: "", version: 1 }
  assert.equal((await other.post(`/notes/${id}`, change)).status, 404)
  for (const act of ["pin", "delete"])
    assert.equal((await other.post(`/notes/${id}/${act}`)).status, 404)
  assert.match(await mine.page(`/notes/${id}`), /for my eyes only/)
})

test("who is not signed in is led to the door", async () => {
  for (const path of ["/notes/new", "/notes/1", "/account"])
    assert.equal((await app.ask("GET", path)).headers.get("location"), "/sign-in")
  assert.equal((await app.post("/notes", { title: "x" })).headers.get("location"), "/sign-in")
})

test("pinned notes stand first, the others by their last change", async () => {
  const person = await newPerson(app)
  const first = await person.note("First")
  await person.note("Second")
  await person.note("Third", "", { pinned: "1" })
  assert.deepEqual(titles(await person.page("/")), ["Third", "Second", "First"])
  await person.post(`/notes/${first}/pin`)
  assert.equal(new Set(titles(await person.page("/")).slice(0, 2)).has("First"), true)
  await person.post(`/notes/${first}/pin`)
  assert.deepEqual(titles(await person.page("/")), ["Third", "Second", "First"])
})

test("search finds words in titles and texts, and signs of patterns are just signs", async () => {
  const person = await newPerson(app)
  await person.note("Lentils", "simmer 25 minutes")
  await person.note("Discount", "100% off")
  assert.deepEqual(titles(await person.page("/?q=SIMMER")), ["Lentils"])
  assert.deepEqual(titles(await person.page("/?q=0%25")), ["Discount"])
  assert.match(await person.page("/?q=nowhere"), /No note has “nowhere”/)
})

test("a note is changed and deleted", async () => {
  const person = await newPerson(app)
  const id = await person.note("Draft", "one")
  const version = versionOf(await person.page(`/notes/${id}`))
  await person.post(`/notes/${id}`, { title: "Final", text: "two", version })
  assert.deepEqual(titles(await person.page("/")), ["Final"])
  await person.post(`/notes/${id}/delete`)
  assert.match(await person.page("/"), /A clean desk/)
})

test("a change from elsewhere is not overwritten unseen, and the words typed are kept", async () => {
  const person = await newPerson(app)
  const id = await person.note("Shared", "start")
  const version = versionOf(await person.page(`/notes/${id}`))
  await person.post(`/notes/${id}`, { title: "Shared", text: "from tab one", version })
  const late = await person.post(`/notes/${id}`, { title: "Shared", text: "from tab two", version })
  assert.equal(late.status, 409)
  assert.match(late.text, /from tab two/)
  assert.match(await person.page(`/notes/${id}`), /from tab one/)
  const newer = versionOf(late.text)
  await person.post(`/notes/${id}`, { title: "Shared", text: "from tab two", version: newer })
  assert.match(await person.page(`/notes/${id}`), /from tab two/)
})

test("what is too long or empty is refused, and comes back as typed", async () => {
  const person = await newPerson(app)
  assert.equal((await person.post("/notes", { title: " ", text: "" })).status, 422)
  assert.equal((await person.post("/notes", { title: "x".repeat(121), text: "" })).status, 422)
  const long = await person.post("/notes", { title: "Keep me", text: "y".repeat(20_001) })
  assert.equal(long.status, 422)
  assert.match(long.text, /value="Keep me"/)
  assert.equal((await person.post("/notes", { text: "z".repeat(300_000) })).status, 413)
  assert.match(await person.page("/"), /A clean desk/)
})

test("markup in a note stays text", async () => {
  const person = await newPerson(app)
  const id = await person.note("<b>bold</b>", "</textarea><script>alert(1)</script>")
  for (const path of ["/", `/notes/${id}`]) {
    const page = await person.page(path)
    assert.doesNotMatch(page, /<script>alert|<b>bold/)
  }
})
