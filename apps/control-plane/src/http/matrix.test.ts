import { grantable } from "@vibecaas/contract/key-permissions"
import { roleCan } from "@vibecaas/contract/permissions"
import { type Role, roles } from "@vibecaas/contract/roles"
import { takesKey } from "@vibecaas/contract/route"
import { type Route, type RouteName, routes } from "@vibecaas/contract/routes"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { makeKey } from "../keys/testing/matrix-fixtures.ts"
import { makeProject } from "../projects/testing/matrix-fixtures.ts"
import {
  type MatrixServer,
  matrixFixtures,
  matrixServer,
  type Sender,
  scoped,
  table,
} from "./testing/matrix-server.ts"
import type { MatrixCall, MatrixWorld } from "./testing/matrix-world.ts"
import { type TestAnswer, type TestPerson, testClient } from "./testing/test-client.ts"
import type { TestServer } from "./testing/test-server.ts"

let matrix: MatrixServer
let server: TestServer
let world: MatrixWorld
let members: Record<Role, TestPerson>
let stranger: TestPerson
let strangersKey: { authorization: string }

beforeAll(async () => {
  matrix = await matrixServer()
  server = matrix.server
  world = matrix.world
  const { owner } = world
  members = { owner, ...(await joinMembers()) }
  stranger = await server.person("Stranger")
  await matrix.setTeamPlan()
  const { organizationId } = stranger
  const theirs = await makeKey({ ...world, owner: stranger, organizationId }, { permissions: open })
  strangersKey = { authorization: `Bearer ${theirs.secret}` }
})
afterAll(() => matrix.close())

const send = (sender: Sender, name: RouteName, call: MatrixCall) => matrix.send(sender, name, call)
const stateOf = (call: MatrixCall) => matrix.stateOf(call)
const freeQuotas = () => matrix.freeQuotas()

async function joinMembers() {
  const [admin, developer, viewer] = [
    await server.person("Admin"),
    await server.person("Developer"),
    await server.person("Viewer"),
  ]
  await server.join(admin, world.organizationId, "admin")
  await server.join(developer, world.organizationId, "developer")
  await server.join(viewer, world.organizationId, "viewer")
  return { admin, developer, viewer }
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

const otherId = (id: string) => server.db.newId(id.split("_")[0] ?? "")

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
  const permission = "permission" in route.access ? route.access.permission : "organization:read"
  const [first, ...others] = roles.filter((role) => roleCan(role, permission))

  async function doAs(role: Role | undefined, call: MatrixCall) {
    if (!role) return
    const answer = await send(members[role], name, call)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
  }

  // One thing for all of them, since to make it is what takes time, and it has to be as it was.
  test("is refused to whoever may not, and nothing changes, so that it is there for who may", async () => {
    await freeQuotas()
    const call = await matrixFixtures[name](world)
    const before = await stateOf(call)
    const visitor = await send(undefined, name, call)
    expect(visitor).toMatchObject({ status: 401, body: { code: "unauthenticated" } })
    for (const role of roles.filter((role) => !roleCan(role, permission))) {
      const answer = await send(members[role], name, call)
      expect(answer, role).toMatchObject({ status: 403, body: { code: "forbidden" } })
    }
    const theirs = await send(stranger, name, call)
    const random = await send(stranger, name, withRandomId(route, call))
    expect(theirs).toMatchObject({ status: 404, body: { code: "not_found" } })
    expect(visible(theirs)).toEqual(visible(random))
    expect(await stateOf(call)).toEqual(before)
    await doAs(first, call)
  })

  test.each(others)("as %s", async (role) => {
    await freeQuotas()
    await doAs(role, await matrixFixtures[name](world))
  })
})

/** What a key of the organization sends in place of a cookie; one for each wish. */
async function keyOf(wanted: { permissions: readonly string[]; projects?: readonly string[] }) {
  const name = JSON.stringify(wanted)
  const { secret } = made.get(name) ?? (await makeKey(world, wanted))
  made.set(name, { secret })
  return { authorization: `Bearer ${secret}` }
}
const made = new Map<string, { secret: string }>()

/** Without when keys were used, which is kept also of what is refused. */
async function stateBeyondKeys(call: MatrixCall) {
  const { head, rows } = await stateOf(call)
  return { head, rows: { ...rows, api_keys: "" } }
}

const keyed = scoped.filter(([, route]) => takesKey(route))
const open = grantable("owner")

/** A project that no call of these is about. */
let other: { id: string } | undefined
async function makeOther() {
  other ??= await makeProject(world)
  return other
}

describe.each(keyed)("%s by an API key", (name, route) => {
  const permission = "permission" in route.access ? route.access.permission : "organization:read"

  test("wants the permission, and a project within the key's limits", async () => {
    await freeQuotas()
    const call = await matrixFixtures[name](world)
    const other = await makeOther()
    const all = await keyOf({ permissions: open })
    const lacking = await keyOf({ permissions: open.filter((each) => each !== permission) })
    const limited = await keyOf({ permissions: open, projects: [other.id] })
    const before = await stateBeyondKeys(call)

    const refused = await send(lacking, name, call)
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } })
    expect(refused.body).toMatchObject({ detail: expect.stringContaining(permission) })
    expect(await send(strangersKey, name, call)).toMatchObject({ status: 404 })
    const elsewhere = await send(limited, name, call)
    if (route.keepsToProjects)
      expect(elsewhere).toMatchObject({ body: { items: [{ id: other.id }] } })
    else expect([403, 404]).toContain(elsewhere.status)
    expect(await stateBeyondKeys(call)).toEqual(before)

    const answer = await send(all, name, call)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
  })
})

const unkeyed = table.filter(([, route]) => !takesKey(route) && route.access.by !== "public")

test.each(unkeyed)("%s takes no API key", async (name) => {
  const call = await matrixFixtures[name](world)
  const answer = await send(await keyOf({ permissions: open }), name, call)
  expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } })
})

/** Calls that make and end sessions would do so to the people of these tests: see auth/. */
const unscoped = table.filter(
  ([name, { session }]) => !session && !scoped.some(([scopedName]) => scopedName === name),
)

test.each(unscoped)("%s asks for a session unless it is public", async (name, route) => {
  const call = await matrixFixtures[name](world)
  const member = await send(stranger, name, call)
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
    const answer = await send(await keyOf({ permissions: ["project:read"] }), name, call)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
  },
)

const administered = unscoped.filter(([, { access }]) => access.by === "platform-admin")

test.each(administered)("%s is for administrators of the installation", async (name, route) => {
  const installer = await server.person("Installer")
  await world.db.adminPool.query("insert into platform_admins (user_id) values ($1)", [
    installer.userId,
  ])
  const admin = await testClient(server.origin).signIn(installer.email, installer.password)
  const call = await matrixFixtures[name](world)
  const answer = await send(admin, name, call)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
  // Only ids can be those of something else.
  if (!call.params?.organizationId) return
  const gone = await send(admin, name, withRandomId(route, call))
  expect(gone).toMatchObject({ status: 404, body: { code: "not_found" } })
})

const written = table.filter(([, route]) => route.body)

test.each(written)("%s names a field that it does not know", async (name) => {
  const call: MatrixCall = await matrixFixtures[name](world)
  const body = { ...call.body, "of nobody": 1 }
  const answer = await send(world.owner, name, { ...call, body })
  expect(answer).toMatchObject({
    status: 422,
    body: { fields: { "/of nobody": "There is no field “of nobody” here." } },
  })
})
