import { once } from "node:events"
import { createServer } from "node:http"
import { clockAt } from "@vibecaas/kernel/clock"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type GatewayWorld, gatewayWorld, listen } from "./testing/world.ts"

const viewer = { userId: "user_1", sessionId: "session_1" }
const clock = clockAt("2026-01-01T00:00:00Z")

let world: GatewayWorld
let cookiesSeen: (string | undefined)[]
beforeEach(async () => {
  cookiesSeen = []
  world = await gatewayWorld({ clock })
  world.target.visibility = "private"
  world.members.add(viewer.userId)
  world.app = createServer((request, response) => {
    cookiesSeen.push(request.headers.cookie)
    response.write("secret ")
    if (request.url !== "/endless") response.end("books")
  })
  world.app.on("upgrade", (_request, socket) =>
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ),
  )
  await listen(world.app)
})
afterEach(() => world.close())

/** Opens the preview by a fresh code; answers the cookie as a browser would send it. */
async function open(): Promise<string> {
  world.codes.set("code-1", viewer)
  const { headers } = await world.call({ path: "/.vibecaas/open?code=code-1" })
  return headers["set-cookie"]?.[0]?.split(";")[0] ?? ""
}

const get = (headers: Record<string, string>, path = "/") => world.call({ path, headers })

test("without a cookie there is a page that says so, and nothing of the app", async () => {
  const page = await get({ accept: "text/html" })
  expect(page.status).toBe(401)
  expect(page.body).toContain("This preview is private")
  expect(page.body).not.toContain("shop")
  expect((await world.call({ path: "/.vibecaas/state" })).status).toBe(401)
  expect(cookiesSeen).toEqual([])
})

test("a browser that opens it in a tab is led through the dashboard's session, and back to where it wanted", async () => {
  const tab = { accept: "text/html", "sec-fetch-dest": "document", "sec-fetch-mode": "navigate" }
  const { status, headers } = await get(tab, "/books?unfinished=1")
  expect(status).toBe(303)
  expect(headers.location).toBe(
    "http://localhost:3000/projects/prj_1/open?to=%2Fbooks%3Funfinished%3D1",
  )
  expect(headers["cache-control"]).toBe("no-store")
  const frame = await get({ ...tab, "sec-fetch-dest": "iframe" })
  expect([frame.status, frame.headers.location]).toEqual([401, undefined])
  expect(frame.body).toContain('href="http://localhost:3000/projects/prj_1/open"')
  expect(cookiesSeen).toEqual([])
})

test("a code sets a cookie for this host only, and leads to the address without the code", async () => {
  world.codes.set("code-1", viewer)
  const { status, headers } = await world.call({ path: "/.vibecaas/open?code=code-1" })
  expect(status).toBe(303)
  expect(headers.location).toBe("/books?unfinished=1")
  expect(headers["referrer-policy"]).toBe("no-referrer")
  expect(headers["set-cookie"]?.[0]).toMatch(
    /^__Host-vibecaas-preview=[\w.-]+; Path=\/; Max-Age=3600; HttpOnly; Secure; SameSite=None; Partitioned$/,
  )
})

test("with the cookie the app answers, and never sees the cookie", async () => {
  const cookie = await open()
  expect((await get({ cookie: `theme=dark; ${cookie}; lang=en` })).body).toBe("secret books")
  expect((await get({ cookie })).status).toBe(200)
  expect(cookiesSeen).toEqual(["theme=dark; lang=en", undefined])
})

test("a code works once", async () => {
  await open()
  const again = await world.call({
    path: "/.vibecaas/open?code=code-1",
    headers: { accept: "text/html" },
  })
  expect(again.status).toBe(410)
  expect(again.headers).not.toHaveProperty("set-cookie")
})

test("a cookie that was changed, is of another project or host, or is old opens nothing", async () => {
  const cookie = await open()
  expect((await get({ cookie: `${cookie}x` })).status).toBe(401)
  expect((await get({ cookie: cookie.replace("=e", "=f") })).status).toBe(401)
  world.target.ref.id = "prj_2"
  expect((await get({ cookie })).status).toBe(401)
  world.target.ref.id = "prj_1"
  expect((await get({ cookie })).status).toBe(200)
  clock.advance(3_600_000)
  expect((await get({ cookie })).status).toBe(401)
})

test("a person who lost the right, or signed out, is out within a minute", async () => {
  const cookie = await open()
  expect((await get({ cookie })).status).toBe(200)
  world.members.delete(viewer.userId)
  clock.advance(60_000)
  expect((await get({ cookie })).status).toBe(401)
})

test("an answer and a WebSocket that are still open end when the right is lost", async () => {
  const cookie = await open()
  const answer = get({ cookie }, "/endless").catch((error) => error.code)
  await expect.poll(() => cookiesSeen.length).toBe(1)
  const socket = world.dial()
  socket.write(upgrade(`Cookie: ${cookie}\r\n`))
  const [head] = await once(socket, "data")
  expect(String(head)).toMatch(/^HTTP\/1\.1 101 /)
  const closed = once(socket, "close")
  world.members.delete(viewer.userId)
  clock.advance(60_000)
  expect(await answer).toBe("ECONNRESET")
  await closed
})

test("what is open to everybody ends when the preview is made private", async () => {
  world.target.visibility = "public"
  const answer = world.call({ path: "/endless" }).catch((error) => error.code)
  await expect.poll(() => cookiesSeen.length).toBe(1)
  world.target = { ...world.target, visibility: "private" }
  clock.advance(60_000)
  expect(await answer).toBe("ECONNRESET")
})

test("a WebSocket needs the same cookie, and must come from this host", async () => {
  const cookie = await open()
  expect(await world.raw(upgrade(""))).toMatch(/^HTTP\/1\.1 401 /)
  const foreign = `Cookie: ${cookie}\r\nOrigin: http://evil.preview.localhost\r\n`
  expect(await world.raw(upgrade(foreign))).toMatch(/^HTTP\/1\.1 401 /)
})

test("another page's request is refused although the browser sent the cookie", async () => {
  const cookie = await open()
  expect((await get({ cookie, origin: "http://evil.preview.localhost" })).status).toBe(401)
  expect((await get({ cookie, origin: "null" })).status).toBe(401)
  expect((await get({ cookie, origin: "http://shop.preview.localhost" })).status).toBe(200)
})

const upgrade = (headers: string) =>
  `GET /live HTTP/1.1\r\nHost: shop.preview.localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`
