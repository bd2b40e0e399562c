import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { test } from "node:test"
import { becomeOwner, ownersPassword, setupCode } from "./owner.js"
import { ownersPage } from "./owners-page.js"
import { startApp } from "./start-app.js"

test("only who has the setup code from the log becomes the owner, and only once", async (t) => {
  const app = await startApp(t)
  const stranger = app.visitor()
  const wrong = { code: "AAAA-BBBB-CCCC", password: "a long enough password" }
  assert.equal((await stranger.post("/owner/sign-in", wrong)).status, 403)
  assert.equal((await stranger.get(ownersPage)).status, 303)
  const code = setupCode(app)
  await becomeOwner(app)
  const late = await stranger.post("/owner/sign-in", { code, password: "another long password" })
  assert.equal(late.status, 403)
  assert.equal((await stranger.get(ownersPage)).status, 303)
})

test("the owner signs in and out, and stays signed in when the app restarts", async (t) => {
  const app = await startApp(t)
  const owner = await becomeOwner(app)
  await app.restart()
  assert.equal((await owner.get(ownersPage)).status, 200)
  await owner.post("/owner/sign-out")
  assert.equal((await owner.get(ownersPage)).status, 303)
  assert.equal((await owner.post("/owner/sign-in", { password: "not it at all" })).status, 403)
  assert.equal((await owner.post("/owner/sign-in", { password: ownersPassword })).status, 303)
  assert.equal((await owner.get(ownersPage)).status, 200)
  assert.doesNotMatch(app.log(), /setup code/)
})

test("a short password is refused", async (t) => {
  const app = await startApp(t)
  const fields = { code: setupCode(app), password: "short" }
  const { status, text } = await app.visitor().post("/owner/sign-in", fields)
  assert.equal(status, 400)
  assert.match(text, /at least 10 characters/)
})

test("guessing is stopped after ten tries, also for what would be right", async (t) => {
  const app = await startApp(t)
  const stranger = app.visitor()
  const statuses = []
  for (let at = 0; at < 11; at++) {
    const guess = { code: `AAAA-AAAA-${1000 + at}`, password: ownersPassword }
    statuses.push((await stranger.post("/owner/sign-in", guess)).status)
  }
  assert.deepEqual([statuses[9], statuses[10]], [403, 429])
  const right = { code: setupCode(app), password: ownersPassword }
  assert.equal((await stranger.post("/owner/sign-in", right)).status, 429)
})

test("the owner's cookie is out of reach of scripts, and works in a frame over https", async (t) => {
  const app = await startApp(t)
  const fields = { code: setupCode(app), password: ownersPassword }
  const headers = { "x-forwarded-proto": "https" }
  const { headers: answered } = await app.visitor().post("/owner/sign-in", fields, headers)
  const [cookie] = answered.getSetCookie()
  for (const part of ["HttpOnly", "Secure", "SameSite=None", "Partitioned"])
    assert.equal(cookie.includes(part), true, part)
})

test("who forgot the password takes it away, and becomes the owner with a new code", async (t) => {
  const app = await startApp(t)
  const before = await becomeOwner(app)
  execFileSync(process.execPath, ["forget-owner.js"], {
    cwd: new URL("../", import.meta.url),
    env: { ...process.env, DATA_DIR: app.data },
  })
  await app.restart()
  assert.equal((await before.get(ownersPage)).status, 303)
  const owner = await becomeOwner(app)
  assert.equal((await owner.get(ownersPage)).status, 200)
  assert.equal((await before.get(ownersPage)).status, 303)
})
