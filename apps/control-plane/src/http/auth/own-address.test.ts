import { open } from "@vibecaas/kernel/seal"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testMasterKey } from "../../db/testing/seed.ts"
import { type TestPerson, testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"

let server: TestServer
let client: ReturnType<typeof testClient>
beforeAll(async () => {
  server = await testServer()
  client = testClient(server.origin)
})
afterAll(() => server.close())

/** Mails to an address, oldest first. */
async function mailsTo(email: string): Promise<{ subject: string; text: string }[]> {
  const text = "select id, subject, sealed_text from mails where to_address = $1 order by id"
  const { rows } = await server.db.adminPool.query(text, [email])
  return rows.map(({ id, subject, sealed_text }) => ({
    subject,
    text: open(testMasterKey, sealed_text, `mail:${id}`).toString(),
  }))
}
const tokenTo = async (email: string) =>
  /\/new-address#(\S+)/.exec((await mailsTo(email)).at(-1)?.text ?? "")?.[1] ?? ""

const ask = (who: TestPerson, email: string, password = who.password) =>
  who.call("POST /auth/address", { body: { email, password } })
const confirm = (token: string) =>
  client.send("POST /api/v1/auth/address/confirm", { body: { token } })

test("an address is changed by a mail to the new one, the old one is told, and other sessions end", async () => {
  const here = await server.person("Mara")
  const there = await client.signIn(here.email, here.password)
  const next = "Mara.New@example.com"
  expect((await ask(here, next)).status).toBe(202)
  expect((await here.call("GET /me")).body).toMatchObject({ email: here.email })
  expect(await mailsTo(here.email)).toMatchObject([{ subject: "Another address was asked for" }])
  const token = await tokenTo(next.toLowerCase())
  const answer = await here.call("POST /auth/address/confirm", { body: { token } })
  expect(answer).toMatchObject({ status: 200, body: { email: next.toLowerCase() } })
  const me = await here.call("GET /auth/account")
  expect(me.body).toMatchObject({ email: next.toLowerCase(), confirmed: true, password: true })
  await expect.poll(async () => (await there.call("GET /me")).status).toBe(401)
  expect((await mailsTo(here.email)).at(-1)?.subject).toBe("Your address was changed")
  await expect(client.signIn(here.email, here.password)).rejects.toThrow()
  await client.signIn(next, here.password)
  expect(await confirm(token)).toMatchObject({ status: 409, body: { code: "wrong_state" } })
})

test("one's own address is confirmed by a mail, and nobody is signed out", async () => {
  const noa = await server.person("Noa")
  expect((await noa.call("GET /auth/account")).body).toMatchObject({ confirmed: false })
  await ask(noa, noa.email)
  expect((await confirm(await tokenTo(noa.email))).status).toBe(200)
  expect((await noa.call("GET /auth/account")).body).toMatchObject({ confirmed: true })
})

test("a wrong password and an address of somebody else are told at their fields", async () => {
  const [ines, olga] = [await server.person("Ines"), await server.person("Olga")]
  const wrong = await ask(ines, "ines.new@example.com", "not the right one")
  expect(wrong).toMatchObject({
    status: 422,
    body: { fields: { "/password": expect.any(String) } },
  })
  const taken = await ask(ines, olga.email)
  expect(taken).toMatchObject({ status: 409, body: { fields: { "/email": expect.any(String) } } })
})

test("an address that somebody took meanwhile stays theirs", async () => {
  const pia = await server.person("Pia")
  const wanted = "wanted@example.com"
  await ask(pia, wanted)
  const body = { name: "Rosa", email: wanted, password: "a long password" }
  await client.send("POST /api/v1/auth/sign-up/email", { body })
  expect(await confirm(await tokenTo(wanted))).toMatchObject({ status: 409 })
  expect((await pia.call("GET /me")).body).toMatchObject({ email: pia.email })
})

test("a link to a new password that went to the old address opens nothing after a change", async () => {
  const sol = await server.person("Sol")
  await client.send("POST /api/v1/auth/forget-password", { body: { email: sol.email } })
  await expect.poll(async () => (await mailsTo(sol.email)).length).toBe(1)
  const reset = /#(\S+)/.exec((await mailsTo(sol.email))[0]?.text ?? "")?.[1] ?? ""
  await ask(sol, "sol.new@example.com")
  await confirm(await tokenTo("sol.new@example.com"))
  const body = { token: reset, newPassword: "a brand new password" }
  expect(await client.send("POST /api/v1/auth/reset-password", { body })).toMatchObject({
    status: 409,
  })
})
