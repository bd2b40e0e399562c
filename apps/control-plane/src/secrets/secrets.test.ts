import { createHmac } from "node:crypto"
import type { ImportedSecret, Secret } from "@vibecaas/contract/kinds/secrets"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { testTurn } from "../db/testing/test-turn.ts"
import { hookLoop } from "./tell-hook.ts"
import { password, type SecretsWorld, secretsWorld } from "./testing/secrets-world.ts"
import { makeVault } from "./vault.ts"

let world: SecretsWorld
let mara: SecretsWorld["mara"]
let projectId: string
beforeAll(async () => {
  world = await secretsWorld()
  mara = world.mara
  await world.db.adminPool.query("update organization_plans set plan = 'team'")
})
afterAll(() => world.close())
beforeEach(async () => {
  projectId = await world.project()
})

const call = (route: string, body?: unknown, who = mara) =>
  who.call(route, body === undefined ? {} : { body })
const read = async (id: string) => (await call(`GET /secrets/${id}`)).body as Secret
const listed = async (of = `projects/${projectId}`, who = mara) =>
  (await who.call(`GET /${of}/secrets`)).body as { items: Secret[]; borrowed: object[] }

test("a secret is kept sealed, and no answer but a reveal has its value", async () => {
  const made = await world.add({ projectId, name: "DB", note: "of the shop" })
  expect(made).toMatchObject({
    ...{ name: "DB", type: "password", environment: "every", state: "active", note: "of the shop" },
    current: { number: 1, setBy: "Mara" },
  })
  const { items } = await listed()
  expect(items).toEqual([made])
  expect(JSON.stringify([made, items, await read(made.id)])).not.toContain(password)
  const reason = "the shop does not start"
  expect(await call(`POST /secrets/${made.id}/reveal`, { reason })).toMatchObject({
    status: 200,
    headers: { "cache-control": "no-store" },
    body: { value: password, version: 1 },
  })
  const { rows } = await world.db.adminPool.query(
    "select details from audit_records where action = 'secret.reveal' and subject = $1",
    [made.id],
  )
  expect(rows).toMatchObject([{ details: { about: "DB", version: 1, reason } }])
})

test("nobody reveals one without a reason, nor a developer with one", async () => {
  const { id } = await world.add({ projectId })
  expect(await call(`POST /secrets/${id}/reveal`, { reason: " " })).toMatchObject({
    status: 422,
    body: { fields: { "/reason": "Say why you need it." } },
  })
  const ines = await world.server.person("Ines")
  await world.server.join(ines, mara.organizationId, "developer")
  const asked = () => call(`POST /secrets/${id}/reveal`, { reason: "I am curious" }, ines)
  await expect.poll(async () => (await asked()).status).toBe(403)
  const own = await world.add({ name: "OF_ALL" })
  expect((await call(`POST /secrets/${own.id}/versions`, { value: password }, ines)).status).toBe(
    403,
  )
  expect((await call(`POST /secrets/${id}/versions`, { value: password }, ines)).status).toBe(201)
})

test("a value that is not of its type is refused at its field, and not repeated", async () => {
  const wanted = { name: "URL", type: "database_url", value: "not-an-address-hunter2" }
  const { status, body } = await call(`POST /projects/${projectId}/secrets`, wanted)
  expect([status, body]).toMatchObject([422, { fields: { "/value": expect.any(String) } }])
  expect(JSON.stringify(body)).not.toContain("hunter2")
  const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
  const of = { name: "CERT", type: "certificate", value: certificate }
  expect((await call(`POST /projects/${projectId}/secrets`, of)).body).toMatchObject({
    fields: { "/value": expect.stringContaining("can be read") },
  })
  const reserved = { name: "PORT", type: "text", value: "1" }
  expect((await call(`POST /projects/${projectId}/secrets`, reserved)).body).toMatchObject({
    fields: { "/name": "PORT is set by the platform." },
  })
})

test("a certificate says itself when it ends", async () => {
  const { certificate } = await import("../network/testing/certificate.ts")
  const made = await world.add({ projectId, type: "certificate", value: certificate.cert })
  expect(made.expiresAt).toBe("2126-11-05T13:58:14.000Z")
})

test("a name is taken once for each environment, and the nearer one counts", async () => {
  await world.add({ projectId, name: "KEY", value: "for every one" })
  await world.add({ projectId, name: "KEY", environment: "production", value: "for people" })
  await world.add({ projectId, name: "KEY", environment: "development", value: "for drafts" })
  const again = { name: "KEY", type: "password", value: password }
  expect(await call(`POST /projects/${projectId}/secrets`, again)).toMatchObject({
    status: 409,
    body: { code: "name_taken", fields: { "/name": expect.stringContaining("KEY already") } },
  })
  expect(await world.given(projectId)).toEqual({ KEY: "for people" })
  const drafts = { projectId, environment: "development", variables: {} } as never
  const { variables } = await world.act((ctx) => world.secrets.give(ctx, drafts))
  expect(variables).toEqual({ KEY: "for drafts" })
})

test("an app has its project's secrets, others where a variable refers to them, and what people set wins", async () => {
  await world.add({ projectId, name: "OWN", value: "of the project" })
  await world.add({ projectId, name: "HIDDEN", value: "of the project" })
  const variables = { PLAIN: "as it is", RENAMED: "secret:OWN", HIDDEN: "set by hand" }
  expect(await world.given(projectId, variables)).toEqual({
    ...{ PLAIN: "as it is", RENAMED: "of the project", OWN: "of the project" },
    HIDDEN: "set by hand",
  })
  await expect(world.given(projectId, { X: "secret:NOT_THERE" })).rejects.toThrow(
    "The variable X is secret:NOT_THERE, and this project has no such secret for production.",
  )
})

test("what an app has is another stamp exactly when starting it again changes something", async () => {
  const app = { projectId, environment: "production", variables: {} } as never
  const stamp = () => world.act((ctx) => world.secrets.stamp(ctx, app))
  expect(await stamp()).toBe("")
  const { id } = await world.add({ projectId })
  const first = await stamp()
  await world.add({ projectId, name: "ONLY_DRAFTS", environment: "development" })
  await call(`PATCH /secrets/${id}`, { note: "another note" })
  expect(await stamp()).toBe(first)
  await call(`POST /secrets/${id}/versions`, { value: "another password" })
  expect(await stamp()).not.toBe(first)
  await call(`DELETE /secrets/${id}`)
  expect(await stamp()).toBe("")
})

test("a new version takes the place of the one before, which can be read until ten more came", async () => {
  const { id } = await world.add({ projectId })
  for (let number = 2; number <= 11; number++) {
    await call(`POST /secrets/${id}/versions`, { value: `password ${number}` })
  }
  const { current, versions } = (await read(id)) as Secret & { versions: object[] }
  expect([current.number, versions.length]).toEqual([11, 10])
  const reveal = (version: number) =>
    call(`POST /secrets/${id}/reveal`, { reason: "to compare", version })
  expect((await reveal(2)).body).toEqual({ value: "password 2", version: 2 })
  expect((await reveal(1)).status).toBe(404)
})

test("the platform makes values where it can, and says where it cannot", async () => {
  const { id } = await world.add({ projectId, value: undefined })
  await call(`POST /secrets/${id}/rotate`)
  const { body } = await call(`POST /secrets/${id}/reveal`, { reason: "to see" })
  expect(body).toEqual({ value: expect.stringMatching(/^[\w-]{43}$/), version: 2 })
  const url = { name: "URL", type: "database_url", value: "postgres://u:p@h/d" }
  const other = await world.add({ projectId, ...url })
  expect((await call(`POST /secrets/${other.id}/rotate`)).status).toBe(409)
  const without = { name: "OTHER", type: "ssh_key" }
  expect((await call(`POST /projects/${projectId}/secrets`, without)).status).toBe(422)
})

test("one whose end is near is called so, and another value takes its place", async () => {
  const expiresAt = "2026-02-20T12:00:00.000Z"
  const { id } = await world.add({ projectId, expiresAt })
  expect((await read(id)).state).toBe("active")
  const day = 24 * 60 * 60 * 1000
  world.clock.advance(7 * day)
  expect((await read(id)).state).toBe("expiring")
  world.clock.advance(14 * day)
  expect((await read(id)).state).toBe("expired")
  expect(await world.given(projectId)).toEqual({ DATABASE_PASSWORD: password })
  await call(`POST /secrets/${id}/versions`, { value: "a new one" })
  expect(await read(id)).toMatchObject({ state: "active", expiresAt: null })
})

test("a hook is told of new versions, signed and without a value, and once", async () => {
  const { id } = await world.add({ projectId, name: "DB" })
  const set = await call(`PATCH /secrets/${id}`, { hook: { url: "https://hooks.example.com/in" } })
  const { hookKey } = set.body as { hookKey: string }
  expect(hookKey).toMatch(/^whsec_/)
  const loop = hookLoop(world.parts)
  const key = { organizationId: mara.organizationId, id }
  const turn = () => testTurn(world.db.adminPool, { loop: "secrets", key })
  await loop.reconcile(await turn())
  expect(world.hooks.asked).toEqual([])
  await call(`POST /secrets/${id}/versions`, { value: "changed for the hook" })
  world.hooks.say = "hooks.example.com did not answer."
  await expect(loop.reconcile(await turn())).rejects.toThrow("did not answer")
  world.hooks.say = undefined
  await loop.reconcile(await turn())
  await loop.reconcile(await turn())
  expect(world.hooks.asked).toHaveLength(2)
  const { body = "", headers = {} } = world.hooks.asked[1] ?? {}
  expect(JSON.parse(body)).toMatchObject({ secret: { id, name: "DB", version: 2 }, projectId })
  expect(body).not.toContain("changed for the hook")
  const [, time = "", signature] =
    /^t=(\d+),v1=(.*)$/.exec(headers["vibecaas-signature"] ?? "") ?? []
  const expected = createHmac("sha256", hookKey).update(`${time}.${body}`).digest("hex")
  expect(signature).toBe(expected)
  expect((await read(id)).hook).toMatchObject({ told: 2, failure: null })
  const own = await world.add({ name: "OWN_HOOK" })
  const refused = await call(`PATCH /secrets/${own.id}`, { hook: { url: "https://a.example.com" } })
  expect(refused.body).toMatchObject({ fields: { "/hook": expect.any(String) } })
})

test("a file is looked through before it comes in: what is new, there, twice or wrong", async () => {
  await world.add({ projectId, name: "THERE", value: "stays as it is" })
  const text =
    "NEW=hunter2-new\nTHERE=hunter2-there\nTWICE=1\nTWICE=hunter2-two\n1WRONG=x\nDATABASE_URL=postgres://u:hunter2@h/d\n"
  const bring = async (more: object = {}) => {
    const { body } = await call(`POST /projects/${projectId}/secrets/import`, { text, ...more })
    return body as { items: ImportedSecret[]; added: number }
  }
  const { items, added } = await bring()
  expect(added).toBe(0)
  expect(JSON.stringify(items)).not.toContain("hunter2")
  expect(items.map(({ line, name, type, outcome }) => [line, name, type, outcome])).toEqual([
    [1, "NEW", "text", "new"],
    [2, "THERE", "password", "exists"],
    [3, "TWICE", "text", "duplicate"],
    [4, "TWICE", "text", "new"],
    [5, "1WRONG", "text", "invalid"],
    [6, "DATABASE_URL", "database_url", "new"],
  ])
  expect((await listed()).items).toHaveLength(1)
  expect((await bring({ preview: false })).added).toBe(3)
  expect(await world.given(projectId)).toEqual({
    ...{ NEW: "hunter2-new", TWICE: "hunter2-two", THERE: "stays as it is" },
    DATABASE_URL: "postgres://u:hunter2@h/d",
  })
  expect((await bring({ preview: false, replace: true })).added).toBe(4)
  expect(await world.given(projectId)).toMatchObject({ THERE: "hunter2-there" })
})

test("two imports of the same file at once bring each secret in once, and neither fails", async () => {
  const text = "B=second\nA=first\n"
  const route = `POST /projects/${projectId}/secrets/import`
  const answers = await Promise.all([
    call(route, { text, preview: false }),
    call(route, { text, preview: false }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(answers.map(({ body }) => (body as { added: number }).added).toSorted()).toEqual([0, 2])
})

test("other kinds keep values that are in no list and at no address", async () => {
  const vault = makeVault(world.parts)
  const of = { by: "sto_1", name: "database" }
  await world.act((ctx) => vault.keep(ctx, { ...of, projectId: null, type: "password" }))
  await world.act((ctx) =>
    vault.keep(ctx, { ...of, projectId: null, type: "password", value: "chosen by us" }),
  )
  expect(await world.act((ctx) => vault.read(ctx, of))).toBe("chosen by us")
  const { rows } = await world.db.adminPool.query("select id from secrets where kept_by = 'sto_1'")
  expect((await listed(`organizations/${mara.organizationId}`)).items).not.toContainEqual(
    expect.objectContaining({ name: "database" }),
  )
  expect((await call(`GET /secrets/${rows[0].id}`)).status).toBe(404)
  const reason = "to look at it"
  expect((await call(`POST /secrets/${rows[0].id}/reveal`, { reason })).status).toBe(404)
  await world.act((ctx) => vault.drop(ctx, "sto_1"))
  expect(await world.act((ctx) => vault.read(ctx, of))).toBeUndefined()
})

test("what was made with a project goes with it", async () => {
  const { id } = await world.add({ projectId })
  await world.db.adminPool.query("delete from holds where parent_id = $1", [projectId])
  await world.db.adminPool.query("delete from projects where id = $1", [projectId])
  for (const table of ["secrets where id", "secret_versions where secret_id", "objects where id"]) {
    const { rowCount } = await world.db.adminPool.query(`select from ${table} = $1`, [id])
    expect(rowCount).toBe(0)
  }
})

test("an organization that is erased takes its secrets along", async () => {
  const jonas = await world.server.person("Jonas")
  const { id } = await world.add({ name: "OF_JONAS" }, jonas)
  const text = "select erase_organization()"
  await world.act((ctx) => ctx.db.query({ name: "test_erase", text }, []), jonas)
  const { rowCount } = await world.db.adminPool.query(
    "select from secret_versions where secret_id = $1",
    [id],
  )
  expect(rowCount).toBe(0)
})
