import { createHmac } from "node:crypto"
import { type IncomingMessage, request } from "node:http"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { Found } from "../core/kind.ts"
import { createProject } from "../projects/index.ts"
import { type TestPerson, testClient } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"
import { type ToyWorld, toyRows } from "./testing/toy-rows.ts"

const world: ToyWorld = { secret: "shh", piecesMade: 0, piecesMax: 1, closed: 0, aborted: 0 }
const keys = new Map<string, Found>()
let server: TestServer
let mara: TestPerson
let client: ReturnType<typeof testClient>
beforeAll(async () => {
  server = await testServer({
    rows: () => toyRows(world),
    keys: () => ({ load: async (secret) => keys.get(secret), note: async () => {} }),
  })
  client = testClient(server.origin)
  mara = await server.person("Mara")
  const principal = {
    userId: "key_of_mara",
    sessionId: "",
    name: "Mara's key",
    email: "",
    platformAdmin: false,
    personalOrganizationId: mara.organizationId,
    memberships: [{ organizationId: mara.organizationId, role: "viewer" }],
    key: { permissions: ["project:read"], projects: null },
  } as const
  keys.set("key_mara", { principal, expiresAt: Number.POSITIVE_INFINITY })
})
afterAll(() => server.close())
beforeEach(() => Object.assign(world, { piecesMade: 0, piecesMax: 1, closed: 0, aborted: 0 }))

const hook = (text: string, type = "application/json") =>
  client.send("POST /api/v1/toys/hook", { text, headers: { "content-type": type } })

test("a row that takes bytes gets them as they came, for its signature", async () => {
  for (const text of ['{ "a" : 1 }\r\n', "not JSON at all", ""]) {
    const signed = createHmac("sha256", world.secret).update(text).digest("hex")
    const answer = await hook(text)
    expect(answer).toMatchObject({ status: 200, body: { signed, bytes: Buffer.byteLength(text) } })
  }
  expect((await hook("plain", "text/plain; charset=utf-8")).status).toBe(200)
})

test("bytes have a limit and types of their own; JSON rows keep theirs", async () => {
  expect(await hook("x".repeat(1001))).toMatchObject({ status: 413, body: { code: "too_large" } })
  const form = await hook("a=1", "application/x-www-form-urlencoded")
  expect(form).toMatchObject({ status: 415, body: { code: "media_type" } })
  const big = { body: { name: "y".repeat(2000) } }
  expect((await client.send("POST /api/v1/toys", big)).status).toBe(201)
})

test("an address that takes bytes names its methods like any other", async () => {
  const answer = await client.send("GET /api/v1/toys/hook")
  expect([answer.status, answer.headers.allow]).toEqual([405, "POST"])
})

test("a file comes with its type and its name, and leaves an audit record", async () => {
  const answer = await mara.call("GET /toys/export")
  expect(answer).toMatchObject({ status: 200, body: "name,colour\nKite,red\n" })
  expect(answer.headers).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="toys _ M_rz.csv"; filename*=UTF-8''toys%20%E2%80%93%20M%C3%A4rz.csv`,
    "cache-control": "no-store",
    "ratelimit-remaining": expect.any(String),
  })
  const text = "select actor_name from audit_records where action = 'toy.export'"
  expect((await server.db.adminPool.query(text)).rows).toContainEqual({ actor_name: "Mara" })
})

test("a file is for those who may read it", async () => {
  const stranger = await server.person()
  const path = `GET /toys/export?organizationId=${mara.organizationId}`
  expect((await stranger.call(path)).status).toBe(404)
  expect((await client.send(`GET /api/v1/toys/export`)).status).toBe(401)
})

test("a file that cannot be begun is a problem; one that breaks off is no whole file", async () => {
  const none = await mara.call("GET /toys/export?fails=first")
  expect(none).toMatchObject({ status: 500, body: { code: "internal" } })
  expect(none.headers).not.toHaveProperty("content-disposition")
  await expect(mara.call("GET /toys/export?fails=later")).rejects.toThrow()
})

/** Opens a stream and reads nothing. */
function open(path: string): Promise<{ response: IncomingMessage; leave(): void }> {
  return new Promise((resolve, reject) => {
    const headers = { cookie: mara.cookie }
    const sent = request(`${server.origin}/api/v1${path}`, { headers }, (response) => {
      response.on("error", () => {})
      resolve({ response, leave: () => sent.destroy() })
    })
    sent.on("error", reject)
    sent.end()
  })
}

test("a stream is told as it happens, and ends when its client leaves", async () => {
  const { response, leave } = await open("/toys/news")
  const [piece] = await new Promise<Buffer[]>((resolve) =>
    response.once("data", (d) => resolve([d])),
  )
  expect(piece?.byteLength).toBeGreaterThan(0)
  expect([world.aborted, world.closed]).toEqual([0, 0])
  leave()
  await expect.poll(() => [world.aborted, world.closed]).toEqual([1, 1])
})

test("a stream makes no more than its client takes", async () => {
  world.piecesMax = 10_000
  const { leave } = await open("/toys/news")
  let before = -1
  await expect
    .poll(
      () => {
        const still = world.piecesMade === before
        before = world.piecesMade
        return still
      },
      { interval: 200 },
    )
    .toBe(true)
  expect(world.piecesMade).toBeLessThan(1000)
  leave()
  await expect.poll(() => world.closed).toBe(1)
})

test("HEAD of a stream answers at once and leaves none running", async () => {
  const answer = await mara.call("HEAD /toys/news")
  expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/x-ndjson"])
  expect(world.piecesMade).toBe(0)
})

test("a deprecated row says so in its headers, also when it refuses", async () => {
  const told = { deprecation: "@1769817600", sunset: "Fri, 31 Jul 2026 00:00:00 GMT" }
  expect((await mara.call("GET /toys")).headers).toMatchObject(told)
  expect((await client.send("GET /api/v1/toys")).headers).toMatchObject(told)
})

const withKey = (route: string, key: string, headers = {}) =>
  client.send(route, { headers: { authorization: `Bearer ${key}`, ...headers } })

test("an API key stands for its person where a row takes one", async () => {
  expect(await withKey("GET /api/v1/toys", "key_mara")).toMatchObject({ body: { count: 3 } })
  const unknown = await withKey("GET /api/v1/toys", "key_nobody", { cookie: mara.cookie })
  expect(unknown).toMatchObject({ status: 401, body: { code: "unauthenticated" } })
  const elsewhere = await withKey("GET /api/v1/toys/export", "key_mara")
  expect(elsewhere).toMatchObject({
    status: 401,
    body: { detail: "This call takes no API key. Sign in first." },
  })
})

test("an installation without keys knows none", async () => {
  const plain = await testServer({ db: server.db, rows: () => toyRows(world) })
  const headers = { authorization: "Bearer key_mara" }
  const answer = await testClient(plain.origin).send("GET /api/v1/toys", { headers })
  await plain.close()
  expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } })
})

test("a call on a session gets its cookie, sets others, and needs no origin to begin one", async () => {
  const answer = await client.send("POST /api/v1/toys/session", { headers: { cookie: "old=1" } })
  expect(answer).toMatchObject({ status: 200, body: { ip: "127.0.0.1", cookie: "old=1" } })
  expect(answer.headers["set-cookie"]).toEqual(["toy=1; Path=/", "ball=2; Path=/"])
})

async function projectOf({ organizationId, userId }: TestPerson): Promise<string> {
  const actor = { kind: "user", id: userId, name: "Mara", ip: null, requestId: null } as const
  const { id } = await server.db.scope({ organizationId, actor }, (ctx) =>
    createProject(ctx, { name: "Toys", preview: "private" }),
  )
  return id
}

test("all objects that a call names must belong to one organization of the caller", async () => {
  const other = await server.person("Ines")
  const mine = await projectOf(mara)
  const theirs = await projectOf(other)
  const get = async (organizationId: string, projectId: string) =>
    (await mara.call(`GET /toys/${organizationId}/of/${projectId}`)).status
  expect(await get(mara.organizationId, mine)).toBe(200)
  expect(await get(other.organizationId, mine)).toBe(404)
  expect(await get(mara.organizationId, theirs)).toBe(404)
  expect(await get(other.organizationId, theirs)).toBe(404)
  expect(await get(server.db.newId("org"), mine)).toBe(404)
})

test("the API's description says what a row takes, answers and will become", async () => {
  const { body } = await client.send("GET /docs/api/openapi.json")
  const { paths, components } = body as OpenApi // its own test holds its form
  expect(components.securitySchemes.apiKey).toMatchObject({ type: "http", scheme: "bearer" })
  expect(paths["/toys"]?.get).toMatchObject({
    deprecated: true,
    description: expect.stringContaining("Call `GET /toys/export` in place of it."),
    security: [{ session: [] }, { apiKey: [] }],
    responses: { 200: { content: { "application/json": { example: { count: 3 } } } } },
    tags: ["toys"],
  })
  expect(paths["/toys"]?.post).toMatchObject({
    requestBody: { content: { "application/json": { example: { name: "Kite" } } } },
  })
  expect(paths["/toys/hook"]?.post).toMatchObject({
    requestBody: { content: { "application/json": {}, "text/plain": {} } },
  })
  expect(paths["/toys/export"]?.get).toMatchObject({
    responses: { 200: { content: { "text/csv; charset=utf-8": {} } } },
  })
})

interface OpenApi {
  paths: Record<string, Record<string, unknown>>
  components: { securitySchemes: Record<string, unknown> }
}
