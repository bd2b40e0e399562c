import type { Session } from "@vibecaas/contract/kinds/accounts"
import { open } from "@vibecaas/kernel/seal"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testMasterKey } from "../../db/testing/seed.ts"
import { testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"

let server: TestServer
let client: ReturnType<typeof testClient>
beforeAll(async () => {
  server = await testServer()
  client = testClient(server.origin)
})
afterAll(() => server.close())

const forget = (email: string) =>
  client.send("POST /api/v1/auth/forget-password", { body: { email } })
const reset = (token: string, newPassword = "a brand new password") =>
  client.send("POST /api/v1/auth/reset-password", { body: { token, newPassword } })

/** Tokens in the mails to an address, oldest first. */
async function tokensFor(email: string): Promise<string[]> {
  const text = "select id, sealed_text from mails where to_address = $1 order by id"
  const { rows } = await server.db.adminPool.query(text, [email])
  return rows.map(({ id, sealed_text }) => {
    const letter = open(testMasterKey, sealed_text, `mail:${id}`).toString()
    return /\/new-password#(\S+)/.exec(letter)?.[1] ?? ""
  })
}

test("a forgotten password is set anew by a link of a mail, once, and ends all sessions", async () => {
  const mara = await server.person("Mara")
  expect((await forget(mara.email.toUpperCase())).status).toBe(202)
  await expect.poll(async () => (await tokensFor(mara.email)).length).toBe(1)
  const [token = ""] = await tokensFor(mara.email)
  const { rows } = await server.db.adminPool.query('select v::text from auth."verification" v')
  expect(JSON.stringify(rows)).not.toContain(token)

  expect((await reset(token)).status).toBe(200)
  await expect.poll(async () => (await mara.call("GET /me")).status).toBe(401)
  await expect(client.signIn(mara.email, mara.password)).rejects.toThrow()
  await client.signIn(mara.email, "a brand new password")
  expect(await reset(token)).toMatchObject({ status: 409, body: { code: "wrong_state" } })
})

test("an address that nobody has gets the same answer and no mail", async () => {
  const known = await forget((await server.person()).email)
  const unknown = await forget("nobody@example.com")
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
  expect(await tokensFor("nobody@example.com")).toEqual([])
  expect(await reset("x".repeat(43))).toMatchObject({ status: 409 })
})

test("nobody fills the box of somebody else", async () => {
  const { email } = await server.person()
  for (let n = 0; n < 8; n++) await forget(email)
  await expect.poll(async () => (await tokensFor(email)).length).toBe(5)
})

test("sessions are listed with where they began, and one of them is ended at once", async () => {
  const here = await server.person("Ines")
  const there = await client.signIn(here.email, here.password)
  const list = async () =>
    ((await here.call("GET /auth/sessions")).body as { items: Session[] }).items
  const sessions = await list()
  expect(sessions).toHaveLength(2)
  const other = sessions.find(({ current }) => !current)
  expect(other).toMatchObject({ ip: "127.0.0.1" })
  expect(JSON.stringify(sessions)).not.toContain("token")
  const olga = await server.person("Olga")
  const end = (who = here) => who.call(`DELETE /auth/sessions/${other?.id}`)
  expect((await end(olga)).status).toBe(404)
  expect((await end()).status).toBe(204)
  await expect.poll(async () => (await there.call("GET /me")).status).toBe(401)
  expect(await list()).toMatchObject([{ current: true }])
})

test("a name is changed, also for what is done from then on", async () => {
  const noa = await server.person("Noa")
  const answer = await noa.call("PATCH /auth/account", { body: { name: "Noa Lind" } })
  expect(answer).toMatchObject({ status: 200, body: { user: { name: "Noa Lind" } } })
  expect((await noa.call("GET /me")).body).toMatchObject({ name: "Noa Lind" })
})
