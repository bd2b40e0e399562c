import type { Project } from "@vibecaas/contract/kinds/projects"
import { afterAll, beforeAll, expect, test } from "vitest"
import { gates, projectServer } from "./testing/project-server.ts"
import { type TestPerson, testClient } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

let server: TestServer
let mara: TestPerson
let stranger: TestPerson
let client: ReturnType<typeof testClient>
beforeAll(async () => {
  server = await testServer(projectServer)
  client = testClient(server.origin)
  mara = await server.person()
  stranger = await server.person()
})
afterAll(() => server.close())

async function create(name: string, person = mara): Promise<Project> {
  const answer = await person.call("POST /projects", { body: { name } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body as Project // the reply's schema holds it
}

const named = async (name: string) => {
  const found = await server.db.adminPool.query("select id from projects where name = $1", [name])
  return found.rows.length
}

test("an answer carries what its schema names and nothing else", async () => {
  const project = await create("Reading list")
  expect(project).not.toHaveProperty("inside")
  expect(project).toMatchObject({ name: "Reading list", version: 1 })
})

test("an answer that breaks its schema is our mistake, and its effect is undone", async () => {
  const answer = await mara.call("POST /projects", { body: { name: "broken reply" } })
  expect(answer).toMatchObject({ status: 500, body: { code: "internal" } })
  expect(await named("broken reply")).toBe(0)
})

test("a bug answers 500 with the request's id and nothing of its insides", async () => {
  const answer = await mara.call("POST /projects", { body: { name: "bug" } })
  expect(answer.status).toBe(500)
  expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8")
  expect(answer.body).toEqual({
    type: "/docs/api#fault-internal",
    title: "Our mistake",
    status: 500,
    code: "internal",
    detail: expect.any(String),
    requestId: answer.headers["x-request-id"],
  })
  expect(JSON.stringify(answer.body)).not.toContain("secret")
})

test("broken JSON is 400, a wrong field 422 with its pointer, a huge body 413", async () => {
  const broken = await mara.call("POST /projects", { text: '{"name":' })
  expect(broken).toMatchObject({ status: 400, body: { code: "malformed" } })
  const wrong = await mara.call("POST /projects", { body: { name: "x", preview: "secret" } })
  expect(wrong).toMatchObject({
    status: 422,
    body: {
      code: "invalid",
      fields: { "/name": expect.any(String), "/preview": expect.any(String) },
    },
  })
  const query = await mara.call("GET /projects?limit=1000")
  expect(query).toMatchObject({ status: 422, body: { fields: { "/limit": expect.any(String) } } })
  const huge = await mara.call("POST /projects", { body: { name: "y".repeat(6_000_000) } })
  expect(huge).toMatchObject({ status: 413, body: { code: "too_large" } })
})

test("a body that is left out is the same as an empty one", async () => {
  const project = await create("To rename")
  for (const options of [{}, { text: "", headers: { "content-type": "application/json" } }]) {
    const answer = await mara.call(`PATCH /projects/${project.id}`, options)
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid" } })
  }
})

test("an unknown address is 404; a known one with another method is 405 with what it takes", async () => {
  expect((await mara.call("GET /nothing/here")).body).toMatchObject({ code: "not_found" })
  const answer = await mara.call("PUT /projects/prj_x", { body: {} })
  expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } })
  expect(answer.headers.allow).toBe("DELETE, GET, HEAD, PATCH")
})

test("a stranger's id, a random id and a malformed one cannot be told apart", async () => {
  const project = await create("Private")
  const ids = [project.id, server.db.newId("prj")]
  const answers = await Promise.all(ids.map((id) => stranger.call(`GET /projects/${id}`)))
  const [theirs, random] = answers.map(({ status, body }) => ({
    status,
    body: { ...(body as object), requestId: "" },
  }))
  expect(theirs).toEqual(random)
  expect((await stranger.call("GET /projects/prj_nonsense")).status).toBe(404)
})

test("an organization of strangers can be named and is not found", async () => {
  const { organizationId } = mara
  const list = await stranger.call(`GET /projects?organizationId=${organizationId}`)
  const add = await stranger.call("POST /projects", { body: { name: "Mine", organizationId } })
  expect([list.status, add.status]).toEqual([404, 404])
})

test("If-Match refuses a change based on an older version; the tag is the version", async () => {
  const project = await create("Versioned")
  const path = `PATCH /projects/${project.id}`
  const first = await mara.call(path, { body: { name: "Once" }, headers: { "if-match": '"1"' } })
  expect([first.status, first.headers.etag]).toEqual([200, '"2"'])
  const stale = await mara.call(path, { body: { name: "Twice" }, headers: { "if-match": '"1"' } })
  expect(stale).toMatchObject({ status: 412, body: { code: "version_mismatch" } })
  const odd = await mara.call(path, { body: { name: "Twice" }, headers: { "if-match": "1" } })
  expect(odd).toMatchObject({ status: 400, body: { code: "malformed" } })
})

test("a repeated key gets the first answer and makes nothing new", async () => {
  const call = (name: string) =>
    mara.call("POST /projects", { body: { name }, headers: { "idempotency-key": "key-1" } })
  const first = await call("Keyed")
  const second = await call("Keyed")
  expect(second).toMatchObject({ status: 201, body: first.body as object })
  expect(second.headers["idempotency-replayed"]).toBe("true")
  expect(await named("Keyed")).toBe(1)
  expect(await call("Another")).toMatchObject({
    status: 422,
    body: { code: "idempotency_mismatch" },
  })
})

test("a key belongs to one person and one route", async () => {
  const headers = { "idempotency-key": "shared" }
  const body = { name: "Shared key" }
  const mine = await mara.call("POST /projects", { body, headers })
  const theirs = await stranger.call("POST /projects", { body, headers })
  expect([mine.status, theirs.status]).toEqual([201, 201])
  expect((mine.body as Project).id).not.toBe((theirs.body as Project).id)
})

test("a second call with the key while the first is under way is told so, then gets its answer", async () => {
  let open = () => {}
  const reached = new Promise<void>((resolve) => {
    gates.set("Slow", { reached: resolve, open: new Promise((ready) => (open = ready)) })
  })
  const call = () =>
    mara.call("POST /projects", { body: { name: "Slow" }, headers: { "idempotency-key": "slow" } })
  const first = call()
  await reached
  const meanwhile = await call()
  expect(meanwhile).toMatchObject({ status: 409, body: { code: "request_in_flight" } })
  expect(meanwhile.headers["retry-after"]).toBe("1")
  open()
  const { body } = await first
  expect((await call()).body).toEqual(body)
  expect(await named("Slow")).toBe(1)
})

test("a failed call leaves its key free", async () => {
  const headers = { "idempotency-key": "with a space" }
  const bad = await mara.call("POST /projects", { body: { name: "Fine" }, headers })
  expect(bad).toMatchObject({ status: 400, body: { code: "malformed" } })
  const keyed = { "idempotency-key": "fails-first" }
  const failed = await mara.call("POST /projects", { body: { name: "bug" }, headers: keyed })
  const then = await mara.call("POST /projects", { body: { name: "Fine" }, headers: keyed })
  expect([failed.status, then.status]).toEqual([500, 201])
})

test("a page leads to the next by its cursor; a cursor of nobody is 400", async () => {
  const person = await server.person()
  for (const name of ["One", "Two", "Three"]) await create(name, person)
  const first = (await person.call("GET /projects?limit=2")).body as Page
  const second = (await person.call(`GET /projects?limit=2&cursor=${first.nextCursor}`))
    .body as Page
  expect([...first.items, ...second.items].map((item) => item.name)).toEqual([
    "Three",
    "Two",
    "One",
  ])
  expect(second.nextCursor).toBeNull()
  expect((await person.call("GET /projects?cursor=nonsense")).status).toBe(400)
})

interface Page {
  items: Project[]
  nextCursor: string | null
}

test("anonymous callers are told to sign in before their body is read", async () => {
  const answer = await client.send("POST /api/v1/projects", { text: "{" })
  expect(answer.status).toBe(401)
})

test("whoever loses membership loses access within a second; a new role counts as fast", async () => {
  const project = await create("Shared")
  const guest = await server.person()
  expect((await guest.call(`GET /projects/${project.id}`)).status).toBe(404)
  await server.join(guest, mara.organizationId, "viewer")
  const rename = () => guest.call(`PATCH /projects/${project.id}`, { body: { name: "Renamed" } })
  await expect.poll(async () => (await rename()).status).toBe(403)
  await server.join(guest, mara.organizationId, "developer")
  await expect.poll(async () => (await rename()).status).toBe(200)
  await server.db.adminPool.query(
    "delete from memberships where user_id = $1 and organization_id = $2",
    [guest.userId, mara.organizationId],
  )
  await expect.poll(async () => (await rename()).status).toBe(404)
})

test("what somebody may not do is in the audit of the organization, once however often they try", async () => {
  const project = await create("Guarded")
  const guest = await server.person()
  await server.join(guest, mara.organizationId, "viewer")
  const rename = () => guest.call(`PATCH /projects/${project.id}`, { body: { name: "Mine" } })
  await expect.poll(async () => (await rename()).status).toBe(403) // what they are is kept for a second
  for (let at = 0; at < 2; at++) expect((await rename()).status).toBe(403)
  const text = `select actor_id, subject, project_id, details from audit_records
    where organization_id = $1 and action = 'access.deny' and subject = $2`
  const { rows } = await server.db.adminPool.query(text, [mara.organizationId, project.id])
  expect(rows).toEqual([
    {
      ...{ actor_id: guest.userId, subject: project.id, project_id: project.id },
      details: { route: "PATCH /projects/{projectId}", permission: "project:update" },
    },
  ])
})

test("the limits of an organization and of provisioning writes are told and kept", async () => {
  const { config } = server
  const limits = {
    ...config.limits,
    organization: { max: 5, windowSeconds: 60 },
    provisioning: { max: 1, windowSeconds: 60 },
  }
  const small = await testServer({
    db: server.db,
    ...projectServer,
    config: (given) => ({ ...given, limits }),
  })
  try {
    const person = await small.person()
    const answers = []
    for (let i = 0; i < 2; i++) {
      answers.push(await person.call("POST /projects", { body: { name: `Number ${i}` } }))
    }
    expect(answers.map(({ status }) => status)).toEqual([201, 429])
    expect(answers[1]?.headers).toMatchObject({
      "ratelimit-limit": "1",
      "ratelimit-remaining": "0",
      "retry-after": expect.stringMatching(/^\d+$/),
    })
    const reads = []
    for (let i = 0; i < 4; i++) reads.push((await person.call("GET /projects")).status)
    expect(reads).toEqual([200, 200, 429, 429])
  } finally {
    await small.close()
  }
})
