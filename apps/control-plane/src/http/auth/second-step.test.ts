import type { SecondStepBegun, SecondStepState } from "@vibecaas/contract/second-step"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestPerson, testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"
import { codeOf } from "./testing/authenticator.ts"
import { type Jar, jar } from "./testing/jar.ts"

let server: TestServer
let client: ReturnType<typeof testClient>
beforeAll(async () => {
  server = await testServer()
  client = testClient(server.origin)
})
afterAll(() => server.close())

async function send(browser: Jar, route: string, body?: unknown) {
  const headers = { cookie: browser.header(), origin: server.origin }
  const [method, path] = route.split(" ")
  const options = body === undefined ? { headers } : { headers, body }
  return browser.take(await client.send(`${method} /api/v1${path}`, options))
}

async function password(browser: Jar, { email, password }: TestPerson) {
  return send(browser, "POST /auth/sign-in/email", { email, password })
}
const secondStep = (browser: Jar, code: string, trust = false) =>
  send(browser, "POST /auth/sign-in/second-step", { code, trust })

/** The code after the one of now, which turned the second step on and opens nothing more. */
const nextCodeOf = (key: string) => codeOf(key, Date.now() + 30_000)

/** Somebody whose sign-in asks for a code, with the browser that turned it on. */
async function guarded(name: string) {
  const person = await server.person(name)
  const browser = jar()
  await password(browser, person)
  const begun = await send(browser, "POST /auth/second-step/begin", { password: person.password })
  expect(begun.status).toBe(200)
  const { key, address, recoveryCodes } = begun.body as SecondStepBegun
  const on = await send(browser, "POST /auth/second-step/confirm", { code: codeOf(key) })
  expect(on).toMatchObject({ status: 200, body: { user: { email: person.email } } })
  return { person, browser, key, address, recoveryCodes }
}
const stateOf = async (browser: Jar) =>
  (await send(browser, "GET /auth/second-step")).body as SecondStepState

test("once it is on, the password alone opens nothing, and a code of the app does", async () => {
  const { person, browser, key, address } = await guarded("Mara")
  expect(address).toMatch(/^otpauth:\/\/totp\/VibeCaaS.*secret=[A-Z2-7]+/)
  expect(await stateOf(browser)).toEqual({ on: true, recoveryCodes: 10 })

  const other = jar()
  const asked = await password(other, person)
  expect(asked).toMatchObject({ status: 200, body: { user: null, secondStep: true } })
  expect((await send(other, "GET /me")).status).toBe(401)
  const wrong = await secondStep(other, codeOf(key, 0))
  expect(wrong).toMatchObject({ status: 422, body: { fields: { "/code": expect.any(String) } } })
  expect((await secondStep(other, nextCodeOf(key))).status).toBe(200)
  expect((await send(other, "GET /me")).body).toMatchObject({ email: person.email })
})

test("a code opens once, whoever saw it, and none before it opens after it", async () => {
  const { person, key } = await guarded("Lea")
  const enter = async (code: string) => {
    const other = jar()
    await password(other, person)
    return secondStep(other, code)
  }
  const [earlier, code] = [codeOf(key), nextCodeOf(key)]
  const together = await Promise.all([enter(code), enter(code), enter(code)])
  expect(together.map(({ status }) => status).sort()).toEqual([200, 422, 422])
  expect(await enter(earlier)).toMatchObject({
    status: 422,
    body: { fields: { "/code": expect.stringContaining("used already") } },
  })
})

test("a sign-in that never told a password cannot go on with a code", async () => {
  const { key } = await guarded("Noa")
  const answer = await secondStep(jar(), codeOf(key))
  expect(answer).toMatchObject({ status: 409, body: { code: "wrong_state" } })
})

test("each recovery code opens once, and new ones end those before", async () => {
  const { person, browser, recoveryCodes } = await guarded("Ines")
  expect(new Set(recoveryCodes).size).toBe(10)
  const [first = "", second = ""] = recoveryCodes
  const enter = async (code: string) => {
    const other = jar()
    await password(other, person)
    return (await secondStep(other, code)).status
  }
  expect([await enter(first), await enter(first)]).toEqual([200, 422])
  expect(await stateOf(browser)).toEqual({ on: true, recoveryCodes: 9 })
  const { password: own } = person
  const made = await send(browser, "POST /auth/second-step/recovery-codes", { password: own })
  const [fresh = ""] = (made.body as SecondStepBegun).recoveryCodes
  expect([await enter(second), await enter(fresh)]).toEqual([422, 200])
})

test("a browser that is trusted is not asked again, until the password changes", async () => {
  const { person, key } = await guarded("Olga")
  const home = jar()
  await password(home, person)
  await secondStep(home, nextCodeOf(key), true)
  const session = home.names().find((name) => name.endsWith("session")) ?? ""
  await send(home, "POST /auth/sign-out", {})
  expect(home.names()).not.toContain(session)
  expect((await password(home, person)).body).toMatchObject({ secondStep: false })
  expect((await password(jar(), person)).body).toMatchObject({ secondStep: true })

  const next = { currentPassword: person.password, newPassword: "another long password" }
  expect((await send(home, "POST /auth/change-password", next)).status).toBe(200)
  const again = await password(home, { ...person, password: next.newPassword })
  expect(again.body).toMatchObject({ user: null, secondStep: true })
})

test("it is turned off by the password, and not without it", async () => {
  const { person, browser } = await guarded("Pia")
  const end = (given: string) => send(browser, "POST /auth/second-step/end", { password: given })
  expect(await end("not the right one")).toMatchObject({
    status: 422,
    body: { fields: { "/password": expect.any(String) } },
  })
  expect((await end(person.password)).status).toBe(200)
  expect(await stateOf(browser)).toEqual({ on: false, recoveryCodes: 0 })
  expect((await password(jar(), person)).body).toMatchObject({ secondStep: false })
  const text = "select subject from mails where to_address = $1"
  const { rows } = await server.db.adminPool.query(text, [person.email])
  expect(rows).toEqual([{ subject: "The second step of your sign-in is off" }])
})

test("nothing is on before a code was told, and a key that is on is not replaced", async () => {
  const person = await server.person("Rosa")
  const body = { password: person.password }
  expect((await person.call("POST /auth/second-step/begin", { body })).status).toBe(200)
  expect((await password(jar(), person)).body).toMatchObject({ secondStep: false })
  const { browser } = await guarded("Sol")
  const again = await send(browser, "POST /auth/second-step/begin", body)
  expect(again).toMatchObject({ status: 409 })
})

test("whoever guesses codes is stopped after a few, also across sign-ins", async () => {
  const { person, key } = await guarded("Tea")
  const statuses: number[] = []
  for (let round = 0; round < 3; round++) {
    const browser = jar()
    await password(browser, person)
    for (let n = 0; n < 4; n++) statuses.push((await secondStep(browser, codeOf(key, n))).status)
  }
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(422))
  expect(statuses.slice(10)).toEqual([429, 429])
})

test("the database has neither keys nor codes in the clear, and the audit has what was done", async () => {
  const { person, browser, key, recoveryCodes } = await guarded("Una")
  await send(browser, "POST /auth/second-step/recovery-codes", { password: person.password })
  await send(browser, "POST /auth/second-step/end", { password: person.password })
  const { rows } = await server.db.adminPool.query('select t::text from auth."twoFactor" t')
  expect(JSON.stringify(rows)).not.toContain(key)
  for (const code of recoveryCodes) expect(JSON.stringify(rows)).not.toContain(code)
  const text = `select action from audit_records where actor_id = $1 and action like 'second_step.%'
    order by id`
  const kept = await server.db.adminPool.query(text, [person.userId])
  const deeds = ["second_step.on", "second_step.codes", "second_step.off"]
  expect(kept.rows.map(({ action }) => action)).toEqual(deeds)
})
