import { roleCan } from "@vibecaas/contract/permissions"
import { roles } from "@vibecaas/contract/roles"
import { takesKey } from "@vibecaas/contract/route"
import { type Route, type RouteName, routes } from "@vibecaas/contract/routes"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  allGrants,
  type MatrixPeople,
  matrixPeople,
  permissionOf,
} from "./testing/matrix-people.ts"
import {
  type MatrixServer,
  matrixFixtures,
  matrixServer,
  type Sender,
  scoped,
  table,
} from "./testing/matrix-server.ts"
import type { MatrixCall, MatrixWorld } from "./testing/matrix-world.ts"
import { type TestAnswer, testClient } from "./testing/test-client.ts"

let matrix: MatrixServer
let world: MatrixWorld
let people: MatrixPeople

beforeAll(async () => {
  matrix = await matrixServer()
  world = matrix.world
  people = await matrixPeople(matrix)
})
afterAll(() => matrix.close())

const send = (sender: Sender, name: RouteName, call: MatrixCall) => matrix.send(sender, name, call)

/** Without when keys were used, which is kept also of what is refused. */
async function stateOf(call: MatrixCall) {
  const { head, rows } = await matrix.stateOf(call)
  return { head, rows: { ...rows, api_keys: "" } }
}

/** The same call about something that does not exist. */
function withRandomId(route: Route, call: MatrixCall): MatrixCall {
  const { access } = route
  const name = access.by === "object" ? access.from : "organizationId"
  const swap = <T>(part: Readonly<Record<string, T>> | undefined) =>
    part?.[name] === undefined ? part : { ...part, [name]: otherId(String(part[name])) }
  return {
    ...(call.params ? { params: swap(call.params) as Record<string, string> } : {}),
    ...(call.query ? { query: swap(call.query) as Record<string, string> } : {}),
    ...(call.body ? { body: swap(call.body) as Record<string, unknown> } : {}),
    ...(call.bytes === undefined ? {} : { bytes: call.bytes }),
  }
}

const otherId = (id: string) => world.db.newId(id.split("_")[0] ?? "")

/** What a caller can see of an answer, without what differs between any two answers. */
function visible({ status, headers, body }: TestAnswer) {
  const varying = ["date", "x-request-id", "ratelimit-remaining", "ratelimit-reset"]
  const kept = Object.entries(headers).filter(([name]) => !varying.includes(name))
  return { status, headers: Object.fromEntries(kept), body: { ...(body as object), requestId: "" } }
}

test("every route has a fixture in the folder of its kind, and no other has one", () => {
  expect(Object.keys(matrixFixtures).toSorted()).toEqual(Object.keys(routes).toSorted())
})

describe.each(scoped)("%s", (name, route) => {
  const permission = permissionOf(route)

  async function refusesRoles(call: MatrixCall) {
    const visitor = await send(undefined, name, call)
    expect(visitor).toMatchObject({ status: 401, body: { code: "unauthenticated" } })
    for (const role of roles.filter((role) => !roleCan(role, permission))) {
      const answer = await send(people.members[role], name, call)
      expect(answer, role).toMatchObject({ status: 403, body: { code: "forbidden" } })
    }
    const theirs = await send(people.stranger, name, call)
    const random = await send(people.stranger, name, withRandomId(route, call))
    expect(theirs).toMatchObject({ status: 404, body: { code: "not_found" } })
    expect(visible(theirs)).toEqual(visible(random))
  }

  async function refusesKeys(call: MatrixCall) {
    const { otherProject, strangersKey } = people
    const { lacking, limited } = await keysFor(permission)
    const refused = await send(lacking, name, call)
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } })
    expect(refused.body).toMatchObject({ detail: expect.stringContaining(permission) })
    expect(await send(strangersKey, name, call)).toMatchObject({ status: 404 })
    const elsewhere = await send(limited, name, call)
    if (route.keepsToProjects)
      expect(elsewhere).toMatchObject({ body: { items: [{ id: otherProject.id }] } })
    else expect([403, 404]).toContain(elsewhere.status)
  }

  // One thing for all of them, since to make it is what takes time, and it has to be as it was.
  test("is refused to whoever may not, and nothing changes, so that it is there for who may", async () => {
    await matrix.freeQuotas()
    const call = await matrixFixtures[name](world)
    // A key that is made is a change, so it is made before.
    await keysFor(permission)
    const before = await stateOf(call)
    await refusesRoles(call)
    if (takesKey(route)) await refusesKeys(call)
    if (route.body) await refusesUnknownField(name, call)
    expect(await stateOf(call)).toEqual(before)
    const lowest = roles.findLast((role) => roleCan(role, permission))
    const answer = await send(lowest && people.members[lowest], name, call)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
  })
})

/** One that lacks the permission, and one that is kept to a project that no call is about; made once. */
async function keysFor(permission: string) {
  const { keyOf, otherProject } = people
  return {
    lacking: await keyOf({ permissions: allGrants.filter((each) => each !== permission) }),
    limited: await keyOf({ permissions: allGrants, projects: [otherProject.id] }),
  }
}

async function refusesUnknownField(name: RouteName, call: MatrixCall) {
  const body = { ...call.body, "of nobody": 1 }
  const answer = await send(world.owner, name, { ...call, body })
  expect(answer).toMatchObject({
    status: 422,
    body: { fields: { "/of nobody": "There is no field “of nobody” here." } },
  })
}

const unkeyed = table.filter(([, route]) => !takesKey(route) && route.access.by !== "public")

test.each(unkeyed)("%s takes no API key", async (name) => {
  const call = await matrixFixtures[name](world)
  const answer = await send(await people.keyOf({ permissions: allGrants }), name, call)
  expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } })
})

/** Calls that make and end sessions would do so to the people of these tests: see auth/. */
const unscoped = table.filter(
  ([name, { session }]) => !session && !scoped.some(([scopedName]) => scopedName === name),
)

test.each(unscoped)("%s asks for a session unless it is public", async (name, route) => {
  const call = await matrixFixtures[name](world)
  const member = await send(people.stranger, name, call)
  const visitor = await send(undefined, name, call)
  const open = route.access.by === "public"
  const allowed = route.access.by !== "platform-admin"
  expect(member.status).toBe(allowed ? route.reply.status : 403)
  expect(visitor.status).toBe(open ? route.reply.status : 401)
})

test.each(unscoped.filter(([, route]) => takesKey(route)))(
  "%s answers an API key",
  async (name, route) => {
    const call = await matrixFixtures[name](world)
    const answer = await send(await people.keyOf({ permissions: ["project:read"] }), name, call)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
  },
)

const administered = unscoped.filter(([, { access }]) => access.by === "platform-admin")

test.each(administered)("%s is for administrators of the installation", async (name, route) => {
  const installer = await matrix.server.person("Installer")
  await world.db.adminPool.query("insert into platform_admins (user_id) values ($1)", [
    installer.userId,
  ])
  const admin = await testClient(matrix.server.origin).signIn(installer.email, installer.password)
  const call = await matrixFixtures[name](world)
  const answer = await send(admin, name, call)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
  // Only ids can be those of something else.
  if (!call.params?.organizationId) return
  const gone = await send(admin, name, withRandomId(route, call))
  expect(gone).toMatchObject({ status: 404, body: { code: "not_found" } })
})

const written = unscoped.filter(([, route]) => route.body)

test.each(written)("%s names a field that it does not know", async (name) =>
  refusesUnknownField(name, await matrixFixtures[name](world)),
)
