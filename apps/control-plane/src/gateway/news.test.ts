import { createServer, type Server } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { clockAt } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { cookieIn, sendTo, type TestPerson } from "../http/testing/test-client.ts"
import { type TestServer, testServer } from "../http/testing/test-server.ts"
import {
  type Gateway,
  type HostResolver,
  makeGateway,
  type Site,
  type SiteAccess,
} from "./index.ts"
import { listen } from "./testing/world.ts"

/*
 * What the gateway remembers ends by news from the database and by nothing else here: its clock
 * stands still, so nothing it remembers ever becomes too old.
 */
const host = "shop.preview.localhost"
let db: TestDatabase
let server: TestServer
let app: Server
let gateway: Gateway
let person: TestPerson

beforeAll(async () => {
  db = await testDatabase()
  app = createServer((_, response) => response.end("books"))
  app.on("upgrade", (_, socket) =>
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ),
  )
  await listen(app)
  gateway = makeGateway({
    resolvers: [projectsIn(db)],
    access: accessIn(db),
    appsDomain: "preview.localhost",
    dashboardOrigin: "http://localhost:3000",
    cookieKey: new Uint8Array(32).fill(1),
    clientOf: () => ({ ip: "203.0.113.9", protocol: "http" }),
    clock: clockAt("2026-01-01T00:00:00Z"),
    log: silentLog,
  })
  server = await testServer({ db, parts: { gateway } })
  person = await server.person()
})
afterAll(async () => {
  gateway.close()
  await server.close()
  app.closeAllConnections()
  app.close()
  await db.close()
})

/** Projects as the database has them now. */
function projectsIn({ adminPool }: TestDatabase): HostResolver {
  return {
    async find(slug) {
      const text = `select organization_id as "organizationId", id, preview
        from projects where slug = $1 and wanted = 'present'`
      const found = (await adminPool.query(text, [slug])).rows[0]
      if (!found) return undefined
      const { organizationId, id, preview } = found
      return {
        ref: { kind: "project", id, organizationId },
        name: slug,
        visibility: preview,
        door: `/projects/${id}/open`,
        ...program,
      }
    },
  }
}

const program: Pick<Site, "show" | "port" | "connect"> = {
  show: async () => ({ state: "running", detail: null, exitCode: null, logTail: [], page: "/" }),
  port: () => undefined,
  async connect() {
    const socket = connect((app.address() as AddressInfo).port, "127.0.0.1")
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject))
    return socket
  },
}

/** Sign-ins and memberships as the database has them now. */
function accessIn({ adminPool }: TestDatabase): SiteAccess {
  return {
    async redeem(_, { code: sessionId }) {
      return { viewer: { userId: person.userId, sessionId }, returnTo: "/" }
    },
    async maySee({ organizationId }, { userId, sessionId }) {
      const text = `select from memberships where organization_id = $1 and user_id = $2
        and exists (select from auth."session" where "id" = $3)`
      return (await adminPool.query(text, [organizationId, userId, sessionId])).rowCount === 1
    },
  }
}

const look = (cookie = "") =>
  sendTo(server.origin, "GET /", { headers: { host, ...(cookie ? { cookie } : {}) } })
const statusOf = async (cookie?: string) => (await look(cookie)).status

async function makeProject(preview: "public" | "private"): Promise<void> {
  await db.adminPool.query("delete from projects")
  await db.adminPool.query(
    `insert into projects (id, organization_id, name, slug, preview, created_by)
     values ($1, $2, 'Shop', 'shop', $3, $4)`,
    [db.newId("prj"), person.organizationId, preview, person.userId],
  )
  await expect.poll(() => statusOf()).toBe(preview === "public" ? 200 : 401)
}

/** Opens the preview by a new sign-in of the person. */
async function open(): Promise<{ cookie: string; again: TestPerson["call"] }> {
  const { email, password } = person
  const body = { email, password }
  const signedIn = await sendTo(server.origin, "POST /api/v1/auth/sign-in/email", { body })
  const headers = { origin: server.origin, cookie: cookieIn(signedIn) }
  const { rows } = await db.adminPool.query(
    `select "id" from auth."session" order by "createdAt" desc limit 1`,
  )
  const path = `/.vibecaas/open?code=${encodeURIComponent(rows[0].id)}`
  const opened = await sendTo(server.origin, `GET ${path}`, { headers: { host } })
  return {
    cookie: cookieIn(opened),
    again: (route) => {
      const [method, below] = route.split(" ")
      return sendTo(server.origin, `${method} /api/v1${below}`, { headers, body: {} })
    },
  }
}

/** A WebSocket that is open; resolves when the server ends it. */
async function socketWith(cookie: string): Promise<{ ended: Promise<void> }> {
  const socket = connect(Number(new URL(server.origin).port), "127.0.0.1")
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()))
  const heard = new Promise((resolve) => socket.once("data", resolve))
  socket.write(
    `GET /live HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: ${cookie}\r\n\r\n`,
  )
  expect(String(await heard)).toMatch(/^HTTP\/1\.1 101 /)
  return { ended }
}

test("who signs out is out of a private preview at once, WebSockets included", async () => {
  await makeProject("private")
  const [leaving, staying] = [await open(), await open()]
  expect(await statusOf(leaving.cookie)).toBe(200)
  const socket = await socketWith(leaving.cookie)
  expect((await leaving.again("POST /auth/sign-out")).status).toBe(200)
  await socket.ended
  await expect.poll(() => statusOf(leaving.cookie)).toBe(401)
  expect(await statusOf(staying.cookie)).toBe(200)
})

test("a preview made private, and one whose project is deleted, end for everybody at once", async () => {
  await makeProject("public")
  for (const [change, status] of [
    ["update projects set preview = 'private'", 401],
    ["update projects set wanted = 'gone'", 404],
  ] as const) {
    const socket = change.includes("private") ? await socketWith("") : undefined
    await db.adminPool.query(change)
    await socket?.ended
    await expect.poll(() => statusOf()).toBe(status)
  }
})

test("a name that was looked up before its project existed answers once it does", async () => {
  await db.adminPool.query("delete from projects")
  await expect.poll(() => statusOf()).toBe(404)
  await makeProject("public")
})

test("who may not see the project any more is out at once", async () => {
  await makeProject("private")
  const { cookie } = await open()
  expect(await statusOf(cookie)).toBe(200)
  const socket = await socketWith(cookie)
  await db.adminPool.query("delete from memberships where user_id = $1", [person.userId])
  await socket.ended
  await expect.poll(() => statusOf(cookie)).toBe(401)
})
