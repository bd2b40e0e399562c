import { readdirSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { roleCan } from "@vibecaas/contract/permissions"
import { type Role, roles } from "@vibecaas/contract/roles"
import { type Route, type RouteName, routes } from "@vibecaas/contract/routes"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Repositories } from "../projects/index.ts"
import { allKinds } from "./testing/all-kinds.ts"
import { asBytes, type Fixture, type MatrixCall, type MatrixWorld } from "./testing/matrix-world.ts"
import { tenantRows } from "./testing/tenant-rows.ts"
import { sendTo, type TestAnswer, type TestPerson, testClient } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

const source = join(import.meta.dirname, "..")
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith("testing/matrix-fixtures.ts"),
)
const modules = await Promise.all(files.map((file) => import(join(source, file))))
const matrixFixtures: Record<RouteName, Fixture> = Object.assign(
  {},
  ...modules.map(({ fixtures }) => fixtures),
)

let server: TestServer
let world: MatrixWorld
let members: Record<Role, TestPerson>
let stranger: TestPerson
let repositories: Repositories
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "matrix-"))
  server = await testServer({
    kinds: (db, accounts) => {
      const all = allKinds(db, { root, accounts })
      repositories = all.repositories
      return all.all
    },
  })
  const owner = await server.person("Owner")
  world = { db: server.db, owner, organizationId: owner.organizationId, root }
  members = { owner, ...(await joinMembers()) }
  stranger = await server.person("Stranger")
  await setTeamPlan()
})
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})

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

async function setTeamPlan(): Promise<void> {
  await world.db.adminPool.query("update organization_plans set plan = 'team'")
}

/** Cases would fill up the limits, which are tested elsewhere. */
async function freeQuotas(): Promise<void> {
  await world.db.adminPool.query("delete from quota_reservations")
}

function send(person: TestPerson | undefined, name: RouteName, call: MatrixCall) {
  const [method = "", template = ""] = name.split(" ")
  const path = template.replaceAll(/\{(\w+)\}/g, (_, key) => call.params?.[key] ?? "")
  const query = call.query ? `?${new URLSearchParams(call.query)}` : ""
  const route = `${method} /api/v1${path}${query}`
  const headers = person
    ? { cookie: person.cookie, origin: server.origin }
    : { origin: server.origin }
  const bytes = call.bytes === undefined ? undefined : asBytes(call.bytes)
  return sendTo(server.origin, route, {
    headers: { ...headers, ...bytes?.headers },
    ...(bytes ? { text: bytes.text } : {}),
    ...(call.body ? { body: call.body } : {}),
  })
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

async function stateOf(call: MatrixCall) {
  const projectId = call.params?.projectId
  const head = projectId ? await repositories.of(projectId).head() : null
  return { head, rows: await tenantRows(world.db, world.organizationId) }
}

const table = Object.entries(routes) as [RouteName, Route][] // its keys are the names
const scoped = table.filter(([, { access }]) => ["organization", "object"].includes(access.by))

test("every route has a fixture in the folder of its kind, and no other has one", () => {
  expect(Object.keys(matrixFixtures).toSorted()).toEqual(Object.keys(routes).toSorted())
})

describe.each(scoped)("%s", (name, route) => {
  const permission = "permission" in route.access ? route.access.permission : "organization:read"

  test.each(roles)("as %s", async (role) => {
    await freeQuotas()
    const call = await matrixFixtures[name](world)
    const before = await stateOf(call)
    const answer = await send(members[role], name, call)
    if (roleCan(role, permission)) {
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
      return
    }
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } })
    expect(await stateOf(call)).toEqual(before)
  })

  test("for strangers it is as if it did not exist, and nothing changes", async () => {
    await freeQuotas()
    const call = await matrixFixtures[name](world)
    const before = await stateOf(call)
    const theirs = await send(stranger, name, call)
    const random = await send(stranger, name, withRandomId(route, call))
    expect(theirs).toMatchObject({ status: 404, body: { code: "not_found" } })
    expect(visible(theirs)).toEqual(visible(random))
    expect(await stateOf(call)).toEqual(before)
  })

  test("without a session it is refused before anything else", async () => {
    const call = await matrixFixtures[name](world)
    const answer = await send(undefined, name, call)
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } })
  })
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
