import type { Route } from "@vibecaas/contract/route"
import { type RouteName, routes } from "@vibecaas/contract/routes"
import { afterAll, beforeAll, expect, test } from "vitest"
import {
  type MatrixServer,
  matrixFixtures,
  matrixServer,
  scoped,
} from "../http/testing/matrix-server.ts"
import { type TestPerson, testClient } from "../http/testing/test-client.ts"

let matrix: MatrixServer
beforeAll(async () => {
  matrix = await matrixServer()
})
afterAll(() => matrix.close())

const erase = (who: TestPerson, given: object = {}) =>
  who.call("DELETE /me", { body: { email: who.email, password: who.password, ...given } })

/** Tables in which a text stands anywhere, those of the sign-in library too. */
async function placesOf(text: string): Promise<string[]> {
  const { adminPool } = matrix.world.db
  const { rows: tables } = await adminPool.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'auth')`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await adminPool.query(
      `select to_jsonb(t)::text as row from ${name} t
       where strpos(lower(to_jsonb(t)::text), lower($1)) > 0`,
      [text],
    )
    found.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  return found
}

/** Has somebody do everything there is to do in the organization, once. */
async function doEverything(who: TestPerson) {
  const world = { ...matrix.world, owner: who }
  const table: Record<string, Route> = routes
  for (const [name] of scoped) {
    if (name.startsWith("GET ") || name.startsWith("DELETE /organizations/{organizationId}"))
      continue
    if (name.endsWith("/leave") || table[name]?.raw) continue
    await matrix.freeQuotas()
    const call = await matrixFixtures[name as RouteName](world)
    await matrix.send(who, name as RouteName, call)
  }
}

test("nothing of a name or an address is left anywhere once a person was erased, and the audit still holds", async () => {
  const { organizationId, owner } = matrix.world
  const zora = await matrix.server.person("Zora Quillfeather")
  await matrix.setTeamPlan()
  await matrix.server.join(zora, organizationId, "owner")
  await expect
    .poll(async () => (await zora.call(`GET /organizations/${organizationId}`)).status)
    .toBe(200)
  await doEverything(zora)
  await zora.call("PATCH /auth/account", { body: { name: "Zora Marlowe" } })
  const invite = { email: zora.email, role: "viewer", days: 7 }
  await owner.call(`POST /organizations/${organizationId}/invitations`, { body: invite })
  await matrix.world.db.adminPool.query(
    `insert into auth."passkey" ("id", "name", "publicKey", "userId", "credentialID", "counter", "deviceType", "backedUp")
     values ('pk', 'Marlowe''s phone', 'x', $1, 'zora', 0, 'singleDevice', false)`,
    [zora.userId],
  )
  for (const known of ["Quillfeather", "Marlowe", zora.email])
    expect((await placesOf(known)).length, known).toBeGreaterThan(0)
  const elsewhere = await testClient(matrix.server.origin).signIn(zora.email, zora.password)

  expect(await erase(zora)).toMatchObject({ status: 200 })
  for (const known of ["Quillfeather", "Marlowe", zora.email])
    expect(await placesOf(known), known).toEqual([])
  await expect.poll(async () => (await elsewhere.call("GET /me")).status).toBe(401)
  await expect(testClient(matrix.server.origin).signIn(zora.email, zora.password)).rejects.toThrow()
  const audit = await owner.call(`GET /organizations/${organizationId}/audit/verification`)
  expect(audit).toMatchObject({ status: 200, body: { valid: true } })
}, 240_000)

test("the only owner of an organization that others use is told its name, and nothing is changed", async () => {
  const [mara, noa] = [await matrix.server.person("Mara"), await matrix.server.person("Noa")]
  const made = await mara.call("POST /organizations", { body: { name: "Halden Works" } })
  await matrix.server.join(noa, (made.body as { id: string }).id, "developer")
  const answer = await erase(mara)
  expect(answer).toMatchObject({
    status: 409,
    body: { code: "wrong_state", detail: expect.stringContaining("Halden Works") },
  })
  expect((await mara.call("GET /me")).status).toBe(200)
})

test("organizations that nobody else is in are torn down, and lose their owner's name at once", async () => {
  const mara = await matrix.server.person("Tilda Unico")
  await mara.call("POST /organizations", { body: { name: "Alone Works" } })
  expect((await erase(mara)).body).toEqual({
    organizations: expect.arrayContaining(["Personal", "Alone Works"]),
  })
  const { rows } = await matrix.world.db.adminPool.query(
    "select wanted, personal_of, slug from organizations where id = $1",
    [mara.organizationId],
  )
  expect(rows).toMatchObject([{ wanted: "gone", personal_of: null, slug: /^erased-/ }])
})

test("a person is erased only by their password and their typed address", async () => {
  const mara = await matrix.server.person("Mara")
  const wrong = await erase(mara, { password: "not the right one" })
  expect(wrong).toMatchObject({
    status: 422,
    body: { fields: { "/password": expect.any(String) } },
  })
  const other = await erase(mara, { email: "noa@example.com" })
  expect(other).toMatchObject({ status: 422, body: { fields: { "/email": expect.any(String) } } })
})

test("what is kept of a person is one JSON file, in which others have no names", async () => {
  const { organizationId, owner } = matrix.world
  const ines = await matrix.server.person("Ines Export")
  await matrix.server.join(ines, organizationId, "developer")
  await owner.call(`PATCH /organizations/${organizationId}/members/${ines.userId}`, {
    body: { role: "admin" },
  })
  const { status, headers, body } = await ines.call("GET /me/export")
  expect(status).toBe(200)
  expect(headers["content-disposition"]).toContain("vibecaas-account.json")
  expect(body).toMatchObject({
    account: {
      email: ines.email,
      sessions: [{ ip: "127.0.0.1" }],
      secondStep: { on: false },
      passkeys: [],
    },
    organizations: expect.arrayContaining([expect.objectContaining({ id: organizationId })]),
  })
  const text = JSON.stringify(body)
  expect(text).toContain("account.create")
  expect(text).not.toContain(owner.email)
})
