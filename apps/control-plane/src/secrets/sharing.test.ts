import type { Secret } from "@vibecaas/contract/kinds/secrets"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { password, type SecretsWorld, secretsWorld } from "./testing/secrets-world.ts"

let world: SecretsWorld
let mara: SecretsWorld["mara"]
let jonas: SecretsWorld["mara"]
let shop: string
let blog: string
beforeAll(async () => {
  world = await secretsWorld()
  mara = world.mara
  jonas = await world.server.person("Jonas")
  await world.db.adminPool.query("update organization_plans set plan = 'team'")
})
afterAll(() => world.close())
beforeEach(async () => {
  shop = await world.project("Shop")
  blog = await world.project("Blog")
})

const share = (id: string, body: object, who = mara) =>
  who.call(`POST /secrets/${id}/shares`, { body })
const refer = { DB: "secret:DATABASE_PASSWORD" }
const missing = "this project has no such secret"

test("another project refers to a secret from when it is shared with it until that ends", async () => {
  const { id } = await world.add({ projectId: shop })
  await expect(world.given(blog, refer)).rejects.toThrow(missing)
  const { body } = await share(id, { projectId: blog })
  expect(await world.given(blog, refer)).toEqual({ DB: password })
  // It is there to be referred to, and nothing that the app has by itself.
  expect(await world.given(blog)).toEqual({})
  const list = await mara.call(`GET /projects/${blog}/secrets`)
  expect(list.body).toMatchObject({
    items: [],
    borrowed: [{ reference: "secret:DATABASE_PASSWORD", from: "Shop" }],
  })
  const [one] = (body as Secret).shares
  expect(one).toMatchObject({ projectId: blog, projectName: "Blog", sharedBy: "Mara" })
  expect((await mara.call(`DELETE /secrets/${id}/shares/${one?.id}`)).status).toBe(204)
  await expect(world.given(blog, refer)).rejects.toThrow(missing)
})

test("an organization's secret is had by the projects that it is shared with, and by all when so shared", async () => {
  const { id } = await world.add({ name: "OF_ALL" })
  const of = { DB: "secret:OF_ALL" }
  await expect(world.given(shop, of)).rejects.toThrow(missing)
  await share(id, { projectId: shop })
  expect(await world.given(shop, of)).toEqual({ DB: password })
  await expect(world.given(blog, of)).rejects.toThrow(missing)
  await share(id, { organizationId: mara.organizationId })
  expect(await world.given(blog, of)).toEqual({ DB: password })
  await mara.call(`DELETE /secrets/${id}`)
  await expect(world.given(blog, of)).rejects.toThrow(missing)
})

test("another organization refers to it by this one's name, and reads neither it nor its value", async () => {
  const theirs = await world.project("Theirs", jonas)
  const { id } = await world.add({ projectId: shop })
  const slug = await world.act(async (ctx) => {
    const text = "select slug from organizations where id = $1"
    const [row] = await ctx.db.query<{ slug: string }>({ name: "test_slug", text }, [
      mara.organizationId,
    ])
    return row?.slug
  })
  const of = { DB: `secret:${slug}/DATABASE_PASSWORD` }
  await expect(world.given(theirs, of, jonas)).rejects.toThrow(missing)
  expect((await share(id, { organizationId: jonas.organizationId })).status).toBe(201)
  expect(await world.given(theirs, of, jonas)).toEqual({ DB: password })
  // Without the name of the organization it is nobody's: others cannot put theirs under one's own names.
  await expect(world.given(theirs, refer, jonas)).rejects.toThrow(missing)
  const list = await jonas.call(`GET /projects/${theirs}/secrets`)
  expect(list.body).toMatchObject({ items: [], borrowed: [{ reference: of.DB }] })
  const reason = "they shared it"
  expect((await jonas.call(`POST /secrets/${id}/reveal`, { body: { reason } })).status).toBe(404)
  expect((await jonas.call(`GET /secrets/${id}`)).status).toBe(404)
  const { body } = await mara.call(`GET /secrets/${id}`)
  await mara.call(`DELETE /secrets/${id}/shares/${(body as Secret).shares[0]?.id}`)
  await expect(world.given(theirs, of, jonas)).rejects.toThrow(missing)
})

test("nobody is shared with who is not there, nor a secret with its own project", async () => {
  const { id } = await world.add({ projectId: shop })
  const nowhere = { organizationId: world.db.newId("org") }
  expect((await share(id, nowhere)).body).toMatchObject({
    fields: { "/organizationId": expect.any(String) },
  })
  expect((await share(id, { projectId: shop })).status).toBe(422)
  const theirs = await world.project("Theirs", jonas)
  expect((await share(id, { projectId: theirs })).status).toBe(404)
  expect((await share(id, {})).status).toBe(422)
})

test("the database itself gives nothing of a project to others, whatever is asked", async () => {
  await world.add({ projectId: shop })
  const asked = (text: string, values: unknown[], who = jonas) =>
    world.act((ctx) => ctx.db.query({ name: `test_${text.length}`, text }, values), who)
  expect(await asked("select * from secrets_given($1)", [shop])).toEqual([])
  expect(await asked("select * from secret_values_given($1)", [shop])).toEqual([])
  expect(await asked("select * from secret_values_given($1)", [blog], mara)).toEqual([])
  const { rows } = await world.db.adminPool.query("select secret_id as id from secret_versions")
  for (const { id } of rows) {
    expect(await asked("select secret_value($1, 1) as sealed", [id])).toEqual([{ sealed: null }])
  }
  await expect(asked("select sealed from secret_versions", [], mara)).rejects.toThrow(
    "permission denied",
  )
})

test("a value that was moved to another secret, version or organization does not open", async () => {
  const project = await world.project("Theirs", jonas)
  const [one, other] = [await world.add({ projectId: shop }), await world.add({ projectId: blog })]
  const theirs = await world.add({ projectId: project }, jonas)
  const { adminPool } = world.db
  const copy = (from: string, to: string) =>
    adminPool.query(
      `update secret_versions v set sealed = (select sealed from secret_versions where secret_id = $1)
       where secret_id = $2`,
      [from, to],
    )
  await copy(one.id, other.id)
  await expect(world.given(blog)).rejects.toThrow("seal_broken")
  await copy(one.id, theirs.id)
  await expect(world.given(project, {}, jonas)).rejects.toThrow("seal_broken")
  // Nor with its organization's key beside it.
  await adminPool.query(
    "update organizations set data_key = (select data_key from organizations where id = $1) where id = $2",
    [mara.organizationId, jonas.organizationId],
  )
  await expect(world.given(project, {}, jonas)).rejects.toThrow("seal_broken")
})
