import { afterAll, beforeAll, expect, test } from "vitest"
import { type MatrixServer, matrixServer } from "../http/testing/matrix-server.ts"
import { cookieIn, type TestPerson, testClient } from "../http/testing/test-client.ts"

let matrix: MatrixServer
let mara: TestPerson
beforeAll(async () => {
  matrix = await matrixServer()
  mara = await matrix.server.person("Mara")
})
afterAll(() => matrix.close())

const send = (path: string, body: object) =>
  testClient(matrix.server.origin).send(`POST /api/v1/auth/device${path}`, { body })

async function ask() {
  const { body } = await send("", { name: "vibecaas on laptop" })
  return body as { code: string; secret: string; url: string }
}

test("a program is signed in as who allowed it, once, and is among their sessions", async () => {
  const { code, secret, url } = await ask()
  expect(url).toMatch(new RegExp(`/device\\?code=${code}$`))
  expect((await send("/session", { secret })).body).toEqual({ user: null })
  const looked = await mara.call("POST /auth/device/look", { body: { code } })
  expect(looked.body).toMatchObject({ name: "vibecaas on laptop", ip: expect.any(String) })
  expect((await mara.call("POST /auth/device/allow", { body: { code } })).status).toBe(204)

  const opened = await send("/session", { secret })
  expect(opened.body).toMatchObject({ user: { id: mara.userId, name: "Mara" } })
  const headers = { cookie: cookieIn(opened), origin: matrix.server.origin }
  const me = await testClient(matrix.server.origin).send("GET /api/v1/me", { headers })
  expect(me.body).toMatchObject({ id: mara.userId })
  const sessions = (await mara.call("GET /auth/sessions")).body as { items: object[] }
  expect(sessions.items).toHaveLength(2)
  const text = "select details->>'about' as about from audit_records where action = 'device.allow'"
  expect((await matrix.world.db.adminPool.query(text)).rows).toEqual([
    { about: "vibecaas on laptop" },
  ])
  // Neither the secret nor the code opens anything again.
  expect((await send("/session", { secret })).status).toBe(404)
  expect((await mara.call("POST /auth/device/allow", { body: { code } })).status).toBe(404)
})

test("nobody is signed in by the code that people see, without a person, or after its time", async () => {
  const { code, secret } = await ask()
  expect((await send("/session", { secret: `${code}${code}${code}` })).status).toBe(404)
  expect((await send("/allow", { code })).status).toBe(401)
  await mara.call("POST /auth/device/allow", { body: { code } })
  await matrix.world.db.adminPool.query("update device_logins set expires_at = now()")
  expect((await send("/session", { secret })).status).toBe(404)
  const kept = "select count(*)::int as n from device_logins where code = $1 and secret_hash = $2"
  const { rows } = await matrix.world.db.adminPool.query(kept, [code, Buffer.from(secret)])
  expect(rows).toEqual([{ n: 0 }])
})
