import assert from "node:assert/strict"
import { test } from "node:test"
import { becomeOwner } from "./owner.js"
import { settings, sharedApp, startApp } from "./start-app.js"

const escaped = (text) =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign],
  )

const rows = ({ text }) => [...text.matchAll(/href="mailto:([^"]+)"/g)].map(([, email]) => email)

test("the page shows the product, its headline and its description", async () => {
  const app = await sharedApp()
  const { status, text } = await app.visitor().get("/")
  assert.equal(status, 200)
  for (const words of [settings.product_name, settings.tagline, settings.call_to_action])
    assert.equal(text.includes(escaped(words)), true, words)
})

test("features have a title and a text", async (t) => {
  const app = await startApp(t, { features: ["Fast: It takes: one second", "Small"] })
  const { text } = await app.visitor().get("/")
  assert.match(text, /<h3>Fast<\/h3>\s*<p>It takes: one second<\/p>/)
  assert.match(text, /<h3>Small<\/h3>/)
})

test("plans have a price and points, and one of them is marked", async (t) => {
  const plans = ["Free | €0 / month | One, Two", "* Plus | €9 / month | Three"]
  const app = await startApp(t, { language: "en", plans })
  const { text } = await app.visitor().get("/")
  assert.match(text, /<strong>€9<\/strong> <span>per month<\/span>/)
  assert.equal(text.match(/class="plan best"/g).length, 1)
  assert.match(text.split('class="plan best"')[1], /<h3>Plus<\/h3>/)
  assert.match(text, /Two<\/li>/)
})

test("a price alone is shown without a name, points or an empty heading", async (t) => {
  const app = await startApp(t, { plans: ["| 49€"], call_to_action: "Book it" })
  const { text } = await app.visitor().get("/")
  const part = text.slice(text.indexOf('id="pricing"'))
  assert.match(part, /<strong>49€<\/strong>/)
  assert.match(part, />Book it<\/a><\/li>/)
  assert.doesNotMatch(part.slice(0, part.indexOf("</section>")), /<h3><\/h3>|class="points"/)
})

test("the note below a form has the product's name", async (t) => {
  const app = await startApp(t, { product_name: "Tea & more", privacy_note: "Only about {name}." })
  const { text } = await app.visitor().get("/sign-up")
  assert.match(text, /<p class="fine">Only about Tea &amp; more\.<\/p>/)
})

test("questions unfold to their answers", async (t) => {
  const app = await startApp(t, { questions: ["Why? Because.", "A matter | of words"] })
  const { text } = await app.visitor().get("/")
  assert.match(text, /<summary>Why\?<\/summary>\s*<p>Because\.<\/p>/)
  assert.match(text, /<summary>A matter<\/summary>\s*<p>of words<\/p>/)
})

test("sections without words are left out, also from the navigation", async (t) => {
  const app = await startApp(t, { features: [], plans: [], questions: [] })
  const { text } = await app.visitor().get("/")
  assert.doesNotMatch(text, /id="features"|id="pricing"|id="questions"|#pricing/)
})

test("hours, an address and a form say how to come and to write, and are left out without words", async (t) => {
  const given = { opening_hours: ["Di-Sa 6-13 Uhr", "Sunday: closed"], address: "Mill Lane 4" }
  const app = await startApp(t, { ...given, contact_form: false })
  const { text } = await app.visitor().get("/")
  assert.match(text, /<th scope="row">Di-Sa<\/th><td>6-13 Uhr<\/td>/)
  assert.match(text, /Sunday: closed/)
  assert.match(text, /<address>Mill Lane 4<\/address>/)
  assert.match(text, /openstreetmap\.org\/search\?query=Mill%20Lane%204/)
  assert.doesNotMatch(text, /action="\/contact"/)
  assert.equal((await app.visitor().post("/contact", { name: "Ada" })).status, 404)
  const none = await startApp(t, { opening_hours: [], address: "", contact_form: false })
  assert.doesNotMatch((await none.visitor().get("/")).text, /#contact|id="contact"/)
})

test("the page speaks the language of its visitors", async (t) => {
  const given = { features: ["Brot"], opening_hours: ["Di-Sa 6-13 Uhr"], contact_form: true }
  const app = await startApp(t, { ...given, language: "de", product_name: "Krümel" })
  const { text } = await app.visitor().get("/")
  for (const words of [
    '<html lang="de">',
    "Öffnungszeiten",
    "Nachricht senden",
    "Das bietet Krümel",
  ])
    assert.equal(text.includes(words), true, words)
  assert.doesNotMatch(text, /Opening hours|Send message/)
})

test("who writes is thanked, and the owner reads and deletes it", async (t) => {
  const app = await startApp(t, { language: "en", contact_form: true })
  const visitor = app.visitor()
  const written = { name: "Ada", email: "ada@example.org", message: "Two loaves\n<b>please</b>" }
  const wrong = await visitor.post("/contact", { ...written, email: "ada" })
  assert.equal(wrong.status, 400)
  assert.match(wrong.text, /This is not an email address/)
  assert.match(wrong.text, /Two loaves/)
  await visitor.post("/contact", { ...written, website: "http://spam.example" })
  const answer = await visitor.post("/contact", written)
  assert.equal(answer.headers.get("location"), "/sent")
  assert.match((await visitor.get("/sent")).text, /your message is sent/)
  const owner = await becomeOwner(app)
  const { text } = await owner.get("/owner")
  assert.equal(text.match(/Two loaves\n&lt;b&gt;please/g).length, 1)
  const id = text.match(/\/owner\/messages\/(\d+)\/delete/)[1]
  assert.equal((await visitor.post(`/owner/messages/${id}/delete`)).status, 403)
  await owner.post(`/owner/messages/${id}/delete`)
  assert.doesNotMatch((await owner.get("/owner")).text, /Two loaves/)
})

test("another product gets another picture", async (t) => {
  const picture = async (product_name) => {
    const app = await startApp(t, { product_name })
    return (await app.visitor().get("/")).text.match(/<svg class="art".*?<\/svg>/s)[0]
  }
  assert.notEqual(await picture("Heron"), await picture("Otter"))
})

test("who signs up is thanked and on the owner's list, with the plan", async (t) => {
  const app = await startApp(t, { language: "en", plans: ["Solo | €0 | One"] })
  const visitor = app.visitor()
  assert.match((await visitor.get("/sign-up?plan=Solo")).text, /interested in/)
  const fields = { email: "ada@example.org", name: "Ada", plan: "Solo" }
  const answer = await visitor.post("/sign-up", fields)
  assert.equal(answer.headers.get("location"), "/thanks")
  assert.match((await visitor.get("/thanks")).text, /you are on the list/)
  const owner = await becomeOwner(app)
  await app.restart()
  const { text } = await owner.get("/owner")
  for (const words of [
    "ada@example.org",
    "<td>Ada</td>",
    "<td>Solo</td>",
    "<strong>1</strong> in all",
  ])
    assert.equal(text.includes(words), true, words)
})

test("an address is kept once, and nobody can try out whose is on the list", async (t) => {
  const app = await startApp(t)
  const visitor = app.visitor()
  const answers = []
  for (const email of ["ada@example.org", "ADA@example.org"])
    answers.push(await visitor.post("/sign-up", { email }))
  assert.deepEqual(
    answers.map(({ status, text }) => [status, text]),
    [
      [303, ""],
      [303, ""],
    ],
  )
  const owner = await becomeOwner(app)
  assert.deepEqual(rows(await owner.get("/owner")), ["ada@example.org"])
})

test("a program that fills in the hidden field is not listed", async (t) => {
  const app = await startApp(t)
  const fields = { email: "bot@example.org", website: "http://spam.example" }
  assert.equal((await app.visitor().post("/sign-up", fields)).status, 303)
  const owner = await becomeOwner(app)
  assert.match((await owner.get("/owner")).text, /Nobody yet/)
})

test("many addresses at once from one place are stopped", async () => {
  const app = await sharedApp()
  const visitor = app.visitor()
  const statuses = []
  for (let at = 0; at < 11; at++)
    statuses.push((await visitor.post("/sign-up", { email: `a${at}@example.org` })).status)
  assert.deepEqual([statuses[9], statuses[10]], [303, 429])
})

test("a wrong address is told, and what was typed is kept", async () => {
  const app = await sharedApp()
  const visitor = app.visitor()
  const { status, text } = await visitor.post("/sign-up", { email: "ada@", name: "<Ada>" })
  assert.equal(status, 400)
  assert.match(text, /This is not an email address/)
  assert.match(text, /value="ada@"/)
  assert.match(text, /value="&lt;Ada&gt;"/)
  const foreign = { origin: "https://evil.example" }
  assert.equal((await visitor.post("/sign-up", { email: "a@example.org" }, foreign)).status, 403)
})

test("the owner searches, exports and deletes; strangers see no list", async (t) => {
  const app = await startApp(t)
  const visitor = app.visitor()
  for (const [email, name] of [
    ["ada@example.org", "=Ada"],
    ["ben@example.org", "Ben"],
  ])
    await visitor.post("/sign-up", { email, name })
  for (const path of ["/owner", "/owner/signups.csv"])
    assert.equal((await visitor.get(path)).status, 303)
  const owner = await becomeOwner(app)
  assert.deepEqual(rows(await owner.get("/owner")), ["ben@example.org", "ada@example.org"])
  const found = await owner.get("/owner?search=BEN")
  assert.deepEqual(rows(found), ["ben@example.org"])
  assert.match((await owner.get("/owner?search=nobody")).text, /Nobody with/)
  assert.match((await owner.get("/owner/signups.csv")).text, /"ada@example.org","'=Ada",""/)
  const id = found.text.match(/\/owner\/signups\/(\d+)\/delete/)[1]
  assert.equal((await visitor.post(`/owner/signups/${id}/delete`)).status, 403)
  await owner.post(`/owner/signups/${id}/delete`)
  assert.deepEqual(rows(await owner.get("/owner")), ["ada@example.org"])
})
