import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { after, before, beforeEach, test } from "node:test"
import { html } from "../server/html.js"
import { readSettings } from "../server/settings.js"
import { jpeg, png, secret } from "../testing/pictures.js"
import { startApp } from "../testing/start-app.js"

const settings = readSettings()
const password = "a long enough password"
let app
let owner
let visitor = 0
before(async () => {
  app = await startApp()
  owner = await becomeOwner(app)
})
beforeEach(async () => {
  for (const id of idsOn(await wall(owner))) await app.post(`/photos/${id}/delete`, {}, owner)
})
after(() => app.stop())

const from = () => ({ "x-forwarded-for": `10.4.0.${++visitor % 250}` })
const setupCode = (app) => /setup code is (\S+)/.exec(app.output())[1]
const cookieOf = ({ headers }) => headers.getSetCookie()[0]?.split(";")[0]

async function becomeOwner(app) {
  const answer = await app.post("/owner/sign-in", { code: setupCode(app), password }, from())
  assert.equal(answer.status, 303, answer.text)
  return { cookie: cookieOf(answer) }
}

function send(bytes, { caption = "", by = "", headers = owner, name = "photo.jpg" } = {}) {
  const body = new FormData()
  body.set("caption", caption)
  body.set("by", by)
  body.set("photo", new File([bytes], name))
  const told = { ...from(), ...headers, accept: "application/json" }
  return app.ask("POST", "/photos", { body, headers: told })
}
const wall = async (headers = {}) =>
  (await app.ask("GET", "/", { headers: { accept: "text/html", ...headers } })).text
const idsOn = (page) => [...page.matchAll(/<li id="p([\w-]+)"/g)].map(([, id]) => id)

test("an empty wall has the title and says what to do", async () => {
  const page = await wall()
  assert.ok(page.includes(html`<h1>${settings.title}</h1>`))
  assert.ok(page.includes(html`${settings.subtitle}`))
  assert.match(page, /The wall is waiting/)
  assert.equal(page.includes("Choose photos"), settings.uploads === "everybody")
})

test("photos hang with caption and name, the newest first, and survive a restart", async () => {
  const first = (await send(jpeg(), { caption: "At the lake", by: "Mira" })).value.id
  const second = (await send(png())).value.id
  await app.restart()
  const page = await wall()
  assert.deepEqual(idsOn(page), [second, first])
  assert.match(page, /alt="At the lake"/)
  assert.match(page, /<span class="quiet">Mira</)
})

test("an image is sent as what it is, cannot run scripts, and has lost its place", async () => {
  const { id } = (await send(jpeg(), { name: "evil.html" })).value
  const image = await app.ask("GET", `/images/${id}.jpg`)
  assert.equal(image.headers.get("content-type"), "image/jpeg")
  assert.match(image.headers.get("content-security-policy"), /sandbox/)
  assert.equal(image.headers.get("x-content-type-options"), "nosniff")
  assert.equal(image.text.includes(secret), false)
})

test("what is no image or too large is refused, and nothing of it hangs", async () => {
  assert.equal((await send("<script>", { name: "photo.jpg" })).status, 415)
  assert.equal((await send("")).status, 422)
  const large = Buffer.concat([png(), Buffer.alloc(settings.megabytes * 1024 * 1024)])
  assert.equal((await send(large)).status, 413)
  assert.equal((await send(Buffer.alloc(settings.megabytes * 1024 * 1024 + 200_000))).status, 413)
  assert.equal((await send(png(), { caption: "x".repeat(201) })).status, 422)
  assert.deepEqual(idsOn(await wall(owner)), [])
})

test("without a script the form works, and a refusal keeps what was typed", async () => {
  const body = () => {
    const form = new FormData()
    form.set("caption", "Typed with care")
    return form
  }
  const headers = { ...owner, ...from() }
  const refused = await app.ask("POST", "/photos", { body: body(), headers })
  assert.equal(refused.status, 422)
  assert.match(refused.text, /Choose a photo first/)
  assert.match(refused.text, /value="Typed with care"/)
  const good = body()
  good.set("photo", new File([png()], "a.png"))
  assert.equal((await app.ask("POST", "/photos", { body: good, headers })).status, 303)
})

test("visitors hang photos exactly when the settings let them", async () => {
  const { status, value } = await send(png(), { headers: {} })
  if (settings.uploads === "owner") return assert.equal(status, 403)
  assert.equal(status, 201)
  assert.equal(value.approved, !settings.approve)
  assert.equal(idsOn(await wall()).length, settings.approve ? 0 : 1)
  assert.equal(idsOn(await wall(owner)).length, 1)
  const image = await app.ask("GET", `/images/${value.id}.png`)
  assert.equal(image.status, settings.approve ? 404 : 200)
  await app.post(`/photos/${value.id}/approve`, {}, owner)
  assert.equal(idsOn(await wall()).length, 1)
})

test("a photo opens large with its neighbours beside it", async () => {
  const ids = []
  for (const caption of ["one", "two", "three"]) ids.push((await send(png(), { caption })).value.id)
  const page = await app.page(`/photos/${ids[1]}`)
  assert.ok(page.includes(`href="/photos/${ids[2]}" rel="prev"`))
  assert.ok(page.includes(`href="/photos/${ids[0]}" rel="next"`))
  assert.match(page, /<h1[^>]*>two<\/h1>/)
})

test("only the owner changes captions and deletes", async () => {
  const { id } = (await send(jpeg(), { caption: "before" })).value
  for (const act of ["delete", "caption", "approve"])
    assert.equal((await app.post(`/photos/${id}/${act}`, { caption: "hacked" })).status, 403)
  await app.post(`/photos/${id}/caption`, { caption: "after" }, owner)
  assert.match(await wall(), /alt="after"/)
  await app.post(`/photos/${id}/delete`, {}, owner)
  assert.deepEqual(idsOn(await wall(owner)), [])
  assert.equal((await app.ask("GET", `/images/${id}.jpg`)).status, 404)
})

test("nobody becomes the owner without the code, nor a second time", async () => {
  const fresh = await startApp()
  const code = setupCode(fresh)
  const attempt = (form) => fresh.post("/owner/sign-in", form, from())
  assert.equal((await attempt({ code: "ABCD-EFGH-JKLM", password })).status, 403)
  assert.equal((await attempt({ code, password: "short" })).status, 422)
  assert.equal((await attempt({ code: code.toLowerCase(), password })).status, 303)
  assert.equal((await attempt({ code, password: "another password" })).status, 403)
  assert.equal((await attempt({ password })).status, 303)
  await fresh.stop()
})

test("the owner stays signed in over a restart, and signs out for good", async () => {
  await app.restart()
  assert.match(await wall(owner), /Sign out as the owner/)
  assert.doesNotMatch(app.output(), /setup code/)
  const { status, headers } = await app.post("/owner/sign-in", { password }, from())
  assert.equal(status, 303)
  const other = { cookie: cookieOf({ headers }) }
  await app.post("/owner/sign-out", {}, other)
  assert.doesNotMatch(await wall(other), /Sign out as the owner/)
  assert.match(await wall(owner), /Sign out as the owner/)
})

test("a forgotten owner's password is chosen anew, and who was signed in is not any more", async () => {
  const fresh = await startApp()
  const before = await becomeOwner(fresh)
  const env = { ...process.env, DATA_DIR: fresh.data }
  execFileSync(process.execPath, ["forget-owner.js"], { cwd: new URL("../", import.meta.url), env })
  await fresh.restart()
  const after = await becomeOwner(fresh)
  const wallOf = async (headers) => (await fresh.ask("GET", "/", { headers })).text
  assert.match(await wallOf(after), /Sign out as the owner/)
  assert.doesNotMatch(await wallOf(before), /Sign out as the owner/)
  await fresh.stop()
})

test("guessing the owner's password is stopped", async () => {
  const headers = from()
  const answers = []
  for (let count = 0; count < 11; count++)
    answers.push((await app.post("/owner/sign-in", { password: `guess ${count}` }, headers)).status)
  assert.equal(answers.at(-1), 429)
})

test("who sends photos without end has to wait", async () => {
  const headers = { ...owner, "x-forwarded-for": "10.5.5.5" }
  let answer
  for (let count = 0; count < 45 && answer?.status !== 429; count++)
    answer = await send("no image", { headers })
  assert.equal(answer.status, 429)
})

test("markup in captions stays text, and another site cannot send photos", async () => {
  await send(png(), { caption: '"><script>alert(1)</script>' })
  assert.equal((await wall()).includes("<script>alert"), false)
  const headers = { ...owner, "sec-fetch-site": "cross-site" }
  assert.equal((await send(png(), { headers })).status, 403)
})
