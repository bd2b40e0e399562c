import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { html } from "../server/html.js"
import { readSettings } from "../server/settings.js"
import { newPerson, password, signIn } from "../testing/people.js"
import { startApp } from "../testing/start-app.js"

const settings = readSettings()
let app
before(async () => {
  app = await startApp()
})
after(() => app.stop())

test("the first page says what this is and offers to sign up", async () => {
  const page = await app.page("/")
  assert.ok(page.includes(html`<h1>${settings.tagline}</h1>`))
  assert.match(page, /Create an account/)
  assert.equal(page.includes("Sign-up code"), settings.signUpCode !== "")
})

test("who signs up is signed in, and can sign in again after a restart", async () => {
  const ada = await newPerson(app, "ada")
  assert.equal(ada.answer.status, 303)
  assert.match(await ada.page("/"), /A clean desk/)
  await app.restart()
  const again = await signIn(app, " ADA@example.org ")
  assert.match(await again.page("/"), /ada@example\.org/)
})

test("an address has one account", async () => {
  await newPerson(app, "twice")
  const { answer } = await newPerson(app, "twice")
  assert.equal(answer.status, 409)
  assert.match(answer.text, /There is an account with this address already/)
})

test("addresses and passwords that do not fit are refused, and the address stays typed", async () => {
  const code = settings.signUpCode
  const short = "x".repeat(settings.passwordLength - 1)
  for (const form of [
    { email: "nobody", password, code },
    { email: "a@b", password, code },
    { email: "bob@example.org", password: short, code },
    { email: "bob@example.org", password: "x".repeat(201), code },
  ])
    assert.equal((await app.post("/sign-up", form)).status, 422)
  const { text } = await app.post("/sign-up", { email: "bob@example.org", password: short, code })
  assert.match(text, /value="bob@example\.org"/)
  assert.doesNotMatch(text, new RegExp(`value="${short}"`))
})

test("a sign-up code that is set is needed", { skip: settings.signUpCode === "" }, async () => {
  const form = { email: "eve@example.org", password, code: "wrong" }
  assert.equal((await app.post("/sign-up", form)).status, 403)
})

test("a wrong password and an unknown address get the same answer", async () => {
  const { email } = await newPerson(app)
  const wrong = await signIn(app, email, "something else")
  const unknown = await signIn(app, "unknown@example.org")
  for (const { answer } of [wrong, unknown]) {
    assert.equal(answer.status, 401)
    assert.match(answer.text, /Address or password is wrong/)
    assert.equal(answer.headers.getSetCookie().length, 0)
  }
})

test("signing out ends the session, not only the cookie", async () => {
  const person = await newPerson(app)
  await person.post("/sign-out")
  assert.equal((await person.get("/account")).headers.get("location"), "/sign-in")
})

test("signing out everywhere ends the sessions of other browsers", async () => {
  const here = await newPerson(app)
  const there = await signIn(app, here.email)
  await here.post("/account/sign-out-everywhere")
  for (const browser of [here, there]) assert.equal((await browser.get("/account")).status, 303)
})

test("a changed password is the only one, and other browsers are signed out", async () => {
  const here = await newPerson(app)
  const there = await signIn(app, here.email)
  const next = "a new phrase to keep".padEnd(settings.passwordLength, "?")
  const wrong = await here.post("/account/password", { current: "not it", next })
  assert.equal(wrong.status, 403)
  const changed = await here.post("/account/password", { current: password, next })
  assert.equal(changed.headers.get("location"), "/account?done=password")
  assert.equal((await there.get("/account")).status, 303)
  assert.equal((await signIn(app, here.email)).answer.status, 401)
  assert.equal((await signIn(app, here.email, next)).answer.status, 303)
})

test("a deleted account is gone with its notes, and its address is free", async () => {
  const person = await newPerson(app, "gone")
  await person.note("Secret plans")
  assert.equal((await person.post("/account/delete", { password: "not it" })).status, 403)
  assert.equal((await person.post("/account/delete", { password })).status, 303)
  assert.equal((await signIn(app, person.email)).answer.status, 401)
  const again = await newPerson(app, "gone")
  assert.doesNotMatch(await again.page("/"), /Secret plans/)
})

test("guessing one account's password is stopped, from whatever addresses", async () => {
  const { email } = await newPerson(app)
  for (let count = 0; count < 10; count++) await signIn(app, email, "guess")
  const { answer } = await signIn(app, email)
  assert.equal(answer.status, 429)
  assert.ok(Number(answer.headers.get("retry-after") ?? 1) > 0)
  const { answer: other } = await newPerson(app)
  assert.equal(other.status, 303)
})

test("the cookie is out of reach of scripts and also works in a frame", async () => {
  const { answer } = await newPerson(app)
  const [usual, framed] = answer.headers.getSetCookie()
  assert.match(usual, /HttpOnly; Max-Age=\d+; SameSite=Lax/)
  assert.match(framed, /HttpOnly.*SameSite=None; Secure; Partitioned/)
  const secret = framed.split(";")[0]
  const page = await app.ask("GET", "/account", { headers: { cookie: secret } })
  assert.equal(page.status, 200)
})

test("another site cannot act for somebody", async () => {
  const person = await newPerson(app)
  const headers = { ...person.headers, "sec-fetch-site": "cross-site" }
  assert.equal((await app.post("/account/sign-out-everywhere", {}, headers)).status, 403)
  assert.equal((await person.get("/account")).status, 200)
})
