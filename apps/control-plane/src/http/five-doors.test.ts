import { createServer, type Server } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { testDatabase } from "../db/testing/test-database.ts"
import { type Gateway, makeGateway } from "../gateway/gateway.ts"
import type { Site } from "../gateway/site.ts"
import type { Kinds } from "../main/kinds.ts"
import { allKinds } from "./testing/all-kinds.ts"
import { sendTo, type TestPerson } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

let server: TestServer
let kinds: Kinds
let gateway: Gateway
let app: Server
let owner: TestPerson
let project: { id: string; slug: string }
beforeAll(async () => {
  app = await answeringApp()
  const db = await testDatabase()
  gateway = makeGateway({
    resolvers: [{ find: async () => site() }],
    access: {
      redeem: (of, use) => kinds.sites.access.redeem(of, use),
      maySee: (of, viewer) => kinds.sites.access.maySee(of, viewer),
    },
    ...{ appsDomain: "preview.localhost", dashboardOrigin: "http://localhost:3000" },
    cookieKey: new Uint8Array(32).fill(1),
    clientOf: () => ({ ip: "203.0.113.9", protocol: "http" }),
    ...{ clock: db.clock, log: silentLog },
  })
  server = await testServer({
    db,
    kinds: (_, accounts) => {
      kinds = allKinds(db, { root: resolve("/nonexistent"), accounts })
      return kinds.all
    },
    keys: () => kinds.keys,
    parts: { gateway },
  })
  owner = await server.person("Owner")
  const made = await owner.call("POST /projects", { body: { name: "Tulips" } })
  project = made.body as typeof project
})
afterAll(async () => {
  gateway.close()
  await server.close()
  // What was asked while doors were shut is answered.
  const { pool } = server.db
  while (pool.totalCount > pool.idleCount) await sleep(10)
  await server.db.close()
  app.closeAllConnections()
  app.close()
})

function site(): Site {
  const { organizationId } = owner
  return {
    ref: { kind: "project", id: project.id, organizationId },
    ...{ name: "tulips", visibility: "private", door: "/", port: () => undefined },
    show: async () => ({
      ...{ state: "running", detail: null, exitCode: null, logTail: [], page: "/" },
    }),
    async connect() {
      const { port } = app.address() as AddressInfo // it listens
      const socket = connect({ port, host: "127.0.0.1" })
      await new Promise((done, fail) => socket.once("connect", done).once("error", fail))
      return socket
    },
  }
}

function answeringApp(): Promise<Server> {
  const made = createServer((_, response) => void response.end("tulips"))
  made.on("upgrade", (_, socket) =>
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ),
  )
  return new Promise((done) => made.listen(0, "127.0.0.1", () => done(made)))
}

const host = "tulips.preview.localhost"

/** Everything that somebody has open, and what answers there now. */
async function openDoors(who: TestPerson) {
  const link = await who.call(`POST /projects/${project.id}/preview-links`, { body: {} })
  const { pathname, search } = new URL((link.body as { url: string }).url)
  const opened = await sendTo(server.origin, `GET ${pathname}${search}`, { headers: { host } })
  const pass = [opened.headers["set-cookie"] ?? []].flat()[0]?.split(";")[0] ?? ""
  const socket = await liveSocket(who)
  const visit = await previewSocket(pass)
  return {
    api: async () => (await who.call(`GET /projects/${project.id}`)).status,
    previewHttp: async () =>
      (await sendTo(server.origin, "GET /", { headers: { host, cookie: pass } })).status,
    /** when each of the sockets stopped hearing, in `ms` since 1970 */
    socket,
    previewSocket: visit,
  }
}

async function liveSocket(who: TestPerson): Promise<{ refused: Promise<number> }> {
  const url = `${server.origin.replace("http", "ws")}/api/v1/stream`
  const socket = new WebSocket(url, { headers: { cookie: who.cookie, origin: server.origin } })
  await new Promise((done) => socket.once("open", done))
  const topic = `project:${project.id}`
  socket.send(JSON.stringify({ type: "subscribe", topic }))
  const heard = (type: string) =>
    new Promise<number>((done) =>
      socket.on("message", (data) => JSON.parse(String(data)).type === type && done(Date.now())),
    )
  const closed = new Promise<number>((done) => socket.once("close", () => done(Date.now())))
  const refused = Promise.race([heard("refused"), closed])
  await heard("subscribed")
  return { refused }
}

function previewSocket(pass: string): Promise<{ closed: Promise<number> }> {
  const socket = connect(Number(new URL(server.origin).port), "127.0.0.1")
  socket.write(
    `GET /live HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: ${pass}\r\n\r\n`,
  )
  const closed = new Promise<number>((done) => socket.once("close", () => done(Date.now())))
  return new Promise((done, fail) => {
    socket.once("data", (head) =>
      String(head).includes(" 101 ") ? done({ closed }) : fail(new Error(String(head))),
    )
  })
}

/** How long after `since` a door answered otherwise than before, in `ms`. */
async function shutAfter(since: number, status: () => Promise<number>, open = 200) {
  await expect.poll(status, { interval: 5, timeout: 10_000 }).not.toBe(open)
  return Date.now() - since
}

/** A second where nothing else runs; news are late on a machine that is busy with other tests. */
const withinMs = 5000

async function joined(role: "admin" | "viewer"): Promise<TestPerson> {
  const who = await server.person("Ines")
  await server.join(who, owner.organizationId, role)
  const look = async () => (await who.call(`GET /organizations/${owner.organizationId}`)).status
  await expect.poll(look).toBe(200)
  return who
}

test("a removed member's five doors are shut at once: API, socket, preview, its WebSocket, and key", async ({
  annotate,
}) => {
  const who = await joined("admin")
  const body = { name: "Robot", permissions: ["project:read"] }
  const made = await who.call(`POST /organizations/${owner.organizationId}/api-keys`, { body })
  const { secret, key } = made.body as ApiKeyWithSecret
  const headers = { authorization: `Bearer ${secret}` }
  const byKey = async () =>
    (await sendTo(server.origin, `GET /api/v1/projects/${project.id}`, { headers })).status
  const doors = await openDoors(who)
  expect([await doors.api(), await doors.previewHttp(), await byKey()]).toEqual([200, 200, 200])

  const since = Date.now()
  const gone = await owner.call(
    `DELETE /organizations/${owner.organizationId}/members/${who.userId}`,
  )
  expect(gone.status).toBe(204)
  const { previewSocket } = doors
  const shut = {
    api: await shutAfter(since, doors.api),
    key: await shutAfter(since, byKey),
    preview: await shutAfter(since, doors.previewHttp),
    socket: (await doors.socket.refused) - since,
    previewSocket: (await previewSocket.closed) - since,
  }
  await annotate(`shut after, in ms: ${JSON.stringify(shut)}`)
  for (const [door, ms] of Object.entries(shut)) expect(ms, door).toBeLessThan(withinMs)
  const keys = await owner.call(`GET /organizations/${owner.organizationId}/api-keys`)
  expect((keys.body as { items: object[] }).items).toContainEqual(
    expect.objectContaining({ id: key.id, creatorLeft: true, secrets: [] }),
  )
})

test("a guest's doors are shut at once when the project is not shared with them any more", async () => {
  const guest = await server.person("Guest")
  const text = `insert into project_people (organization_id, project_id, user_id, level)
    values ($1, $2, $3, 'see')`
  await server.db.adminPool.query(text, [owner.organizationId, project.id, guest.userId])
  const look = async () => (await guest.call(`GET /projects/${project.id}`)).status
  await expect.poll(look).toBe(200)
  const doors = await openDoors(guest)
  const since = Date.now()
  const ended = await owner.call(`DELETE /projects/${project.id}/access/people/${guest.userId}`)
  expect(ended.status).toBe(200)
  const { previewSocket } = doors
  const shut = [
    await shutAfter(since, doors.api),
    await shutAfter(since, doors.previewHttp),
    (await doors.socket.refused) - since,
    (await previewSocket.closed) - since,
  ]
  for (const ms of shut) expect(ms).toBeLessThan(withinMs)
})

test("a project kept to some is shut for other members at once, and not for admins", async () => {
  const [viewer, admin] = [await joined("viewer"), await joined("admin")]
  const doors = await openDoors(viewer)
  const audience = (to: string) =>
    owner.call(`PUT /projects/${project.id}/access`, { body: { audience: to } })
  const since = Date.now()
  expect((await audience("listed")).status).toBe(200)
  const shut = [
    await shutAfter(since, doors.api),
    await shutAfter(since, doors.previewHttp),
    (await doors.socket.refused) - since,
    (await doors.previewSocket.closed) - since,
  ]
  for (const ms of shut) expect(ms).toBeLessThan(withinMs)
  expect((await admin.call(`GET /projects/${project.id}`)).status).toBe(200)
  const list = (await viewer.call(`GET /projects?organizationId=${owner.organizationId}`)).body
  expect((list as { items: object[] }).items).toEqual([])
  await audience("organization")
})

const shutBy = { reason: "Asked for in ticket 12" }

test("a disabled person's five doors are shut at once", async () => {
  const who = await joined("admin")
  const body = { name: "Robot of Ines", permissions: ["project:read"] }
  const made = await who.call(`POST /organizations/${owner.organizationId}/api-keys`, { body })
  const headers = { authorization: `Bearer ${(made.body as ApiKeyWithSecret).secret}` }
  const byKey = async () =>
    (await sendTo(server.origin, `GET /api/v1/projects/${project.id}`, { headers })).status
  const doors = await openDoors(who)
  expect([await doors.api(), await doors.previewHttp(), await byKey()]).toEqual([200, 200, 200])
  const admin = await administrator()
  const since = Date.now()
  const done = await admin.call(`POST /platform/people/${who.userId}/disable`, { body: shutBy })
  expect(done.status).toBe(200)
  const shut = [
    await shutAfter(since, doors.api),
    await shutAfter(since, byKey),
    await shutAfter(since, doors.previewHttp),
    (await doors.socket.refused) - since,
    (await doors.previewSocket.closed) - since,
  ]
  for (const ms of shut) expect(ms).toBeLessThan(withinMs)
})

test("a disabled organization's doors are shut at once, and open again when it is enabled", async () => {
  const who = await joined("viewer")
  const doors = await openDoors(who)
  const admin = await administrator()
  const at = `/platform/organizations/${owner.organizationId}`
  const since = Date.now()
  await admin.call(`POST ${at}/disable`, { body: shutBy })
  const shut = [
    await shutAfter(since, doors.api),
    await shutAfter(since, doors.previewHttp),
    (await doors.socket.refused) - since,
    (await doors.previewSocket.closed) - since,
  ]
  for (const ms of shut) expect(ms).toBeLessThan(withinMs)
  await admin.call(`POST ${at}/enable`, { body: {} })
  await expect.poll(doors.api).toBe(200)
  await expect.poll(doors.previewHttp).toBe(200)
})

async function administrator(): Promise<TestPerson> {
  const admin = await server.person("Ada")
  const text = "insert into platform_admins (user_id) values ($1)"
  await server.db.adminPool.query(text, [admin.userId])
  await expect.poll(async () => (await admin.call("GET /platform/people")).status).toBe(200)
  return admin
}
