import type { ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type KeyServer, keyServer } from "./testing/key-server.ts"

let keys: KeyServer
let server: KeyServer["server"]
let mara: KeyServer["mara"]
let developer: KeyServer["developer"]
let make: KeyServer["make"]
let list: KeyServer["list"]
let by: KeyServer["by"]
let makeProject: KeyServer["makeProject"]
beforeAll(async () => {
  keys = await keyServer()
  ;({ server, mara, developer, make, list, by, makeProject } = keys)
})
afterAll(() => keys.close())

test("nobody gives a key more than they may, and a name is given once", async () => {
  const ines = await developer()
  const beyond = await make({ permissions: ["project:read", "audit:read"] }, ines)
  expect(beyond).toMatchObject({ status: 422, body: { fields: { "/permissions": /audit:read/ } } })
  const keys = await make({ permissions: ["api_key:manage"] })
  expect(keys).toMatchObject({ status: 422 })
  const theirs = await make({ projects: [await makeProject(ines)] })
  expect(theirs).toMatchObject({
    status: 422,
    body: { fields: { "/projects": expect.any(String) } },
  })
  expect((await make({ name: "Twice" })).status).toBe(201)
  expect(await make({ name: "Twice" })).toMatchObject({
    status: 409,
    body: { code: "name_taken", fields: { "/name": expect.any(String) } },
  })
})

test("a developer rotates and revokes what a developer could have made, and nothing that may do more", async () => {
  const ines = await developer()
  const strong = (await make({ permissions: ["audit:read"] })).body.key.id
  for (const call of [`POST /api-keys/${strong}/rotate`, `DELETE /api-keys/${strong}`]) {
    const answer = await ines.call(call)
    expect(answer).toMatchObject({ status: 403, body: { detail: /audit:read/ } })
  }
  const weak = (await make()).body.key.id
  expect((await ines.call(`DELETE /api-keys/${weak}`)).status).toBe(204)
})

test("nobody gets a secret of a key that opens a project which they do not see", async () => {
  const ines = await developer()
  const projectId = await makeProject()
  const mine = (await make({ projects: [projectId] })).body.key.id
  const all = (await make()).body.key.id
  await mara.call(`PUT /projects/${projectId}/access`, { body: { audience: "listed" } })
  const see = async () => (await ines.call(`GET /projects/${projectId}`)).status
  await expect.poll(see).toBe(403)
  for (const id of [mine, all]) {
    const answer = await ines.call(`POST /api-keys/${id}/rotate`, { body: {} })
    expect(answer).toMatchObject({ status: 403, body: { detail: /do not see/ } })
    expect((await ines.call(`DELETE /api-keys/${id}`)).status).toBe(403)
  }
  const own = (await make({}, ines)).body.key.id
  expect((await ines.call(`POST /api-keys/${own}/rotate`, { body: {} })).status).toBe(201)
  await mara.call(`PUT /projects/${projectId}/access`, { body: { audience: "organization" } })
  await expect.poll(see).toBe(200)
  expect((await ines.call(`POST /api-keys/${mine}/rotate`, { body: {} })).status).toBe(201)
})

test("a key stays when whoever made it leaves, without the secret that they were told", async () => {
  const ines = await developer()
  const { key, secret } = (await make({}, ines)).body
  await server.db.adminPool.query(
    "delete from memberships where user_id = $1 and role <> 'owner'",
    [ines.userId],
  )
  await expect.poll(async () => (await by(secret, "GET /projects")).status).toBe(401)
  expect((await list()).find(({ id }) => id === key.id)).toMatchObject({
    ...{ createdBy: "Ines", creatorLeft: true, secrets: [] },
  })
  const again = await mara.call(`POST /api-keys/${key.id}/rotate`, { body: {} })
  const { secret: next } = again.body as ApiKeyWithSecret
  expect((await by(next, "GET /projects")).status).toBe(200)
})
