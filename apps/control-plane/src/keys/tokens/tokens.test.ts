import { generateKeyPairSync } from "node:crypto"
import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT } from "jose"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testClient } from "../../http/testing/test-client.ts"
import { type KeyServer, keyServer } from "../testing/key-server.ts"

let keys: KeyServer
beforeAll(async () => {
  keys = await keyServer()
})
afterAll(() => keys.close())

interface Made {
  token: string
  expiresAt: string
  permissions: string[]
}
const tokenBy = async (secret: string, body: object = {}) => {
  const answer = await keys.by(secret, "POST /tokens", { body })
  return { ...answer, body: answer.body as Made } // tests look at the status first
}
const jwks = async () => {
  const answer = await testClient(keys.server.origin).send("GET /.well-known/jwks.json")
  return answer.body as { keys: { kid: string }[] }
}

test("a key gets a token with its permissions and projects, which others check by the published keys", async () => {
  const project = await keys.makeProject()
  const { secret, key } = (
    await keys.make({ permissions: ["project:read", "run:read"], projects: [project] })
  ).body
  const { status, body } = await tokenBy(secret, { minutes: 5, audience: "https://svc.example" })
  expect(status).toBe(201)
  const { payload, protectedHeader } = await jwtVerify(
    body.token,
    createLocalJWKSet(await jwks()),
    {
      ...{ audience: "https://svc.example", currentDate: keys.clock.now() },
    },
  )
  expect(protectedHeader).toMatchObject({ alg: "ES256" })
  expect(payload).toMatchObject({
    ...{ sub: key.id, org: keys.mara.organizationId, projects: [project] },
    permissions: ["project:read", "run:read"],
  })
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
  expect(JSON.stringify(await jwks())).not.toContain('"d"')
})

test("the platform takes a token in place of its key, with no more than it says, and no longer", async () => {
  const { secret } = (await keys.make({ permissions: ["project:read", "project:create"] })).body
  const { token } = (await tokenBy(secret, { permissions: ["project:read"] })).body
  expect((await keys.by(token, "GET /projects")).status).toBe(200)
  const create = { body: { name: "Tulips" } }
  expect((await keys.by(token, "POST /projects", create)).status).toBe(403)
  expect((await keys.by(token, "POST /tokens", { body: {} })).status).toBe(403)
  keys.clock.advance(15 * 60_000 + 1000)
  expect((await keys.by(token, "GET /projects")).status).toBe(401)
})

test("a token ends with its key, at once", async () => {
  const { secret, key } = (await keys.make()).body
  const { token } = (await tokenBy(secret)).body
  expect((await keys.by(token, "GET /projects")).status).toBe(200)
  await keys.mara.call(`DELETE /api-keys/${key.id}`)
  await expect.poll(async () => (await keys.by(token, "GET /projects")).status).toBe(401)
})

test("a session gets one too, that acts as its person, ends with it, and changes no account", async () => {
  const client = testClient(keys.server.origin)
  const ines = await client.signIn(keys.mara.email, keys.mara.password)
  const made = await ines.call("POST /tokens", { body: {} })
  const { token } = made.body as Made
  expect(decodeJwt(token)).toMatchObject({ sub: ines.userId })
  const project = await keys.by(token, "POST /projects", { body: { name: "Roses" } })
  expect(project).toMatchObject({ status: 201, body: { createdBy: "Mara" } })
  const change = { currentPassword: ines.password, newPassword: "another long password" }
  const refused = await keys.by(token, "POST /auth/change-password", { body: change })
  expect(refused.status).toBe(401)
  await ines.call("POST /auth/sign-out")
  await expect.poll(async () => (await keys.by(token, "GET /projects")).status).toBe(401)
})

test("nobody gives more than they may, or for an organization that is not theirs", async () => {
  const { secret } = (await keys.make()).body
  const more = await tokenBy(secret, { permissions: ["project:delete"] })
  expect(more.status).toBe(403)
  const noa = await keys.server.person("Noa")
  const elsewhere = await tokenBy(secret, { organizationId: noa.organizationId })
  expect(elsewhere.status).toBe(404)
})

test("tokens that are for others, changed, or signed by others open nothing", async () => {
  const { secret } = (await keys.make()).body
  const { token: foreign } = (await tokenBy(secret, { audience: "https://svc.example" })).body
  const { token } = (await tokenBy(secret)).body
  const [head = "", body = "", tail = ""] = token.split(".")
  const all = JSON.stringify({ ...decodeJwt(token), permissions: ["project:delete"] })
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const [{ kid } = { kid: "" }] = (await jwks()).keys
  const forged = await new SignJWT(decodeJwt(token))
    .setProtectedHeader({ alg: "ES256", kid })
    .sign(privateKey)
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${body}.`
  const changed = `${head}.${Buffer.from(all).toString("base64url")}.${tail}`
  for (const wrong of [foreign, changed, forged, none, `${none}x`, "eyJ.eyJ.x"])
    expect((await keys.by(wrong, "GET /projects")).status, wrong).toBe(401)
})

test("after a month another key signs, and the one before is known until its tokens are over", async () => {
  const { secret } = (await keys.make({ expiresInDays: null })).body
  const before = (await jwks()).keys.map(({ kid }) => kid)
  keys.clock.advance(30 * 24 * 3_600_000)
  const { token } = (await tokenBy(secret)).body
  const kids = (await jwks()).keys.map(({ kid }) => kid)
  expect(kids).toHaveLength(before.length + 1)
  expect(kids).toEqual(expect.arrayContaining(before))
  expect((await keys.by(token, "GET /projects")).status).toBe(200)
  const { rows } = await keys.server.db.adminPool.query("select sealed_key from signing_keys")
  for (const row of rows) expect(row.sealed_key).toMatch(/^v1\./)
  keys.clock.advance(30 * 24 * 3_600_000)
  await tokenBy(secret)
  const later = (await jwks()).keys.map(({ kid }) => kid)
  expect(later).not.toContain(before[0])
})
