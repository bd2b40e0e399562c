import type { Me, Organization } from "@vibecaas/contract/kinds/tenants"
import { ownedMax } from "@vibecaas/contract/kinds/tenants"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { TestPerson } from "../http/testing/test-client.ts"
import { type TestServer, testServer } from "../http/testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function make(who: TestPerson, name = "Halden Works"): Promise<Organization> {
  const { body } = await who.call("POST /organizations", { body: { name } })
  const made = body as Organization // tests look at what is in it
  await hears(who, made.id)
  return made
}

/** The server hears of a membership a moment after it was written. */
const hears = (who: TestPerson, id: string, status = 200) =>
  expect.poll(async () => (await who.call(`GET /organizations/${id}`)).status).toBe(status)

const mine = async (who: TestPerson) => ((await who.call("GET /me")).body as Me).organizations

test("a person makes organizations beside their personal one, and owns them", async () => {
  const mara = await server.person("Mara")
  const made = await make(mara)
  expect(made).toMatchObject({ name: "Halden Works", role: "owner", personal: false, members: 1 })
  expect(made.slug).toBe(`halden-works-${made.id.slice(-7)}`)
  expect((await mine(mara)).map(({ name }) => name)).toEqual(["Personal", "Halden Works"])
})

test("nobody owns more organizations than they may", async () => {
  const mara = await server.person("Mara")
  const insert = `insert into memberships (organization_id, user_id, role)
    select organization_id, $1, 'owner' from organization_plans
    where organization_id not in (select organization_id from memberships where user_id = $1) limit $2`
  while ((await mine(mara)).length < ownedMax - 1) {
    await server.person("Somebody")
    const missing = ownedMax - 1 - (await mine(mara)).length
    await server.db.adminPool.query(insert, [mara.userId, missing])
  }
  const more = () => mara.call("POST /organizations", { body: { name: "One more" } })
  const both = await Promise.all([more(), more()])
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  const answer = await more()
  expect(answer).toMatchObject({ status: 409, body: { code: "quota_exceeded" } })
})

test("somebody else's organization that nobody named is called by whose it is", async () => {
  const [nora, mara] = [await server.person("Nora"), await server.person("Mara")]
  await server.join(mara, nora.organizationId, "viewer")
  const name = async () => (await mine(mara)).find(({ id }) => id === nora.organizationId)?.name
  expect(await name()).toBe("Personal of Nora")
  await nora.call(`PATCH /organizations/${nora.organizationId}`, { body: { name: "Tulips" } })
  expect(await name()).toBe("Tulips")
})

test("who leaves is a member no more; its last owner stays, also when two owners leave at once", async () => {
  const [mara, nora] = [await server.person("Mara"), await server.person("Nora")]
  const { id } = await make(mara)
  const leave = (who: TestPerson) => who.call(`POST /organizations/${id}/leave`, { body: {} })
  expect(await leave(mara)).toMatchObject({ status: 409, body: { code: "wrong_state" } })
  await server.join(nora, id, "owner")
  await hears(nora, id)
  const both = await Promise.all([leave(mara), leave(nora)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([204, 409])
  const gone = both[0]?.status === 204 ? mara : nora
  await hears(gone, id, 404)
})

test("a personal organization is neither left nor deleted", async () => {
  const mara = await server.person("Mara")
  const at = `/organizations/${mara.organizationId}`
  expect(await mara.call(`POST ${at}/leave`, { body: {} })).toMatchObject({ status: 409 })
  const answer = await mara.call(`DELETE ${at}`, { body: { name: "Personal" } })
  expect(answer).toMatchObject({ status: 409, body: { code: "wrong_state" } })
})

test("an organization is deleted under its own name only, and says that it is going", async () => {
  const mara = await server.person("Mara")
  const { id } = await make(mara)
  const remove = (name: string) => mara.call(`DELETE /organizations/${id}`, { body: { name } })
  expect(await remove("halden works")).toMatchObject({ status: 422 })
  expect(await remove("Halden Works")).toMatchObject({ status: 202, body: { state: "deleting" } })
  expect(await remove("Halden Works")).toMatchObject({ status: 202 })
})
