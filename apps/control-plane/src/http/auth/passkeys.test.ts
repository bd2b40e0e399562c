import type { Passkey } from "@vibecaas/contract/passkey"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestPerson, testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"
import { codeOf } from "./testing/authenticator.ts"
import { passkeyDevice } from "./testing/device.ts"
import { type Jar, jar } from "./testing/jar.ts"

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function send(browser: Jar, route: string, body?: unknown) {
  const [method, path] = route.split(" ")
  const headers = { cookie: browser.header(), origin: server.origin }
  const options = body === undefined ? { headers } : { headers, body }
  return browser.take(
    await testClient(server.origin).send(`${method} /api/v1/auth${path}`, options),
  )
}

interface Begun {
  options: { challenge: string; rp: { id: string }; userVerification: string }
}
type Device = ReturnType<typeof passkeyDevice>
type Odd = Parameters<Device["show"]>[1]

async function add(browser: Jar, { password }: TestPerson, device: Device, odd?: Odd) {
  const { options } = (await send(browser, "POST /passkeys/begin", { password })).body as Begun
  return send(browser, "POST /passkeys", { name: "Phone", response: device.make(options, odd) })
}

/** Signs in by what a device answers, in a browser that nobody used. */
async function enter(device: Device, odd?: Odd, browser = jar()) {
  const { options } = (await send(browser, "POST /sign-in/passkey/begin", {})).body as Begun
  const response = device.show(options, odd)
  return { browser, response, answer: await send(browser, "POST /sign-in/passkey", { response }) }
}

/** Somebody with a passkey, and the browser that added it. */
async function keeper(name: string) {
  const person = await server.person(name)
  const browser = jar()
  await send(browser, "POST /sign-in/email", { email: person.email, password: person.password })
  const device = passkeyDevice(server.origin)
  const { status, body } = await add(browser, person, device)
  expect([status, body]).toMatchObject([201, { name: "Phone", synced: false }])
  return { person, browser, device, passkey: body as Passkey }
}

test("a passkey signs in by itself, also whoever turned the second step on", async () => {
  const { person, browser, device } = await keeper("Mara")
  const { password } = person
  const begun = (await send(browser, "POST /second-step/begin", { password })).body
  const code = codeOf((begun as { key: string }).key)
  expect((await send(browser, "POST /second-step/confirm", { code })).status).toBe(200)

  const { answer, browser: other } = await enter(device)
  expect(answer).toMatchObject({ status: 200, body: { user: { email: person.email } } })
  expect((await send(other, "GET /account")).body).toMatchObject({ email: person.email })
})

test("it is added by the password alone, for the dashboard's host, and its person gets a mail", async () => {
  const { person, browser } = await keeper("Ines")
  const wrong = await send(browser, "POST /passkeys/begin", { password: "not the right one" })
  expect(wrong).toMatchObject({
    status: 422,
    body: { fields: { "/password": expect.any(String) } },
  })
  const begun = await send(browser, "POST /passkeys/begin", { password: person.password })
  expect((begun.body as Begun).options.rp.id).toBe(new URL(server.origin).hostname)
  const text = "select subject from mails where to_address = $1"
  const { rows } = await server.db.adminPool.query(text, [person.email])
  expect(rows).toEqual([{ subject: "A passkey was added to your account" }])
})

test("what was asked for by another page, or by whom the device did not see, opens and adds nothing", async () => {
  const { person, browser, device } = await keeper("Olga")
  const { hostname } = new URL(server.origin)
  const app = `http://app.${hostname}`
  expect((await enter(device, { origin: app })).answer.status).toBe(401)
  expect((await enter(device, { unseen: true })).answer.status).toBe(409)
  const other = passkeyDevice(server.origin)
  expect((await add(browser, person, other, { origin: app })).status).toBe(409)
  expect((await add(browser, person, other, { unseen: true })).status).toBe(409)
  expect((await send(browser, "GET /passkeys")).body).toMatchObject({ items: [{ name: "Phone" }] })
})

test("an answer opens once, and only the browser that asked for it", async () => {
  const { device } = await keeper("Pia")
  const { browser, response } = await enter(device)
  const again = await send(browser, "POST /sign-in/passkey", { response })
  expect(again).toMatchObject({ status: 409, body: { code: "wrong_state" } })
  const asked = (await send(jar(), "POST /sign-in/passkey/begin", {})).body as Begun
  const elsewhere = { response: device.show(asked.options) }
  expect((await send(jar(), "POST /sign-in/passkey", elsewhere)).status).toBe(409)
})

test("a passkey that was removed opens nothing, and ends no session; others' are not there", async () => {
  const { browser, device, passkey } = await keeper("Rosa")
  const noa = await keeper("Noa")
  const { browser: signedIn } = await enter(device)
  const at = `/passkeys/${passkey.id}`
  expect((await send(noa.browser, `PATCH ${at}`, { name: "Mine" })).status).toBe(404)
  expect((await send(noa.browser, `DELETE ${at}`)).status).toBe(404)
  expect((await send(browser, `PATCH ${at}`, { name: "Tablet" })).body).toMatchObject({
    name: "Tablet",
  })
  expect((await send(browser, `DELETE ${at}`)).status).toBe(204)
  expect((await enter(device)).answer).toMatchObject({ status: 401 })
  expect((await send(signedIn, "GET /account")).status).toBe(200)
})

test("somebody who was disabled does not get in, and the audit has what was done", async () => {
  const { person, browser, device, passkey } = await keeper("Sol")
  await enter(device)
  await send(browser, `DELETE /passkeys/${passkey.id}`)
  const text = `select action from audit_records where actor_id = $1
    and (action like 'passkey.%' or action = 'session.passkey') order by id`
  const { rows } = await server.db.adminPool.query(text, [person.userId])
  expect(rows.map(({ action }) => action)).toEqual([
    ...["passkey.add", "session.passkey", "passkey.remove"],
  ])
  const out = await keeper("Tea")
  await server.db.adminPool.query(
    "insert into disabled_people (user_id, reason, by_name, disabled_at) values ($1, 'spam', 'Admin', now())",
    [out.person.userId],
  )
  expect((await enter(out.device)).answer).toMatchObject({ status: 403 })
})
