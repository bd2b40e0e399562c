import { connect } from "node:net"
import { afterEach, expect, test } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { socketsLeftOpen } from "./testing/sockets-left-open.ts"
import { echo, type GatewayWorld, worldWithApp } from "./testing/world.ts"

let world: GatewayWorld
afterEach(() => world.close())

test("an answer streams: each part arrives before the next is written", async () => {
  const parts: (() => void)[] = []
  world = await worldWithApp((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.write("data: one\n\n")
    parts.push(() => response.end("data: two\n\n"))
  })
  const socket = world.dial()
  socket.write("GET /events HTTP/1.1\r\nHost: shop.preview.localhost\r\nConnection: close\r\n\r\n")
  let heard = ""
  for await (const chunk of socket) {
    heard += chunk
    if (heard.includes("data: one")) parts.shift()?.()
  }
  expect(heard).toContain("data: two")
})

test("an upload streams: the app answers the first part before the second is sent", async () => {
  world = await worldWithApp((request, response) => {
    request.once("data", () => response.write("got one;"))
    request.on("end", () => response.end("got all"))
  })
  const socket = world.dial()
  socket.write(
    "POST / HTTP/1.1\r\nHost: shop.preview.localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\none\r\n",
  )
  let heard = ""
  for await (const chunk of socket) {
    if (!heard.includes("got one") && `${heard}${chunk}`.includes("got one")) {
      socket.write("3\r\ntwo\r\n0\r\n\r\n")
    }
    heard += chunk
  }
  expect(heard).toContain("got all")
})

test("streams to the app are kept, and one that the app closed meanwhile is replaced", async () => {
  let connections = 0
  world = await worldWithApp(echo)
  world.app?.on("connection", () => connections++)
  for (let i = 0; i < 5; i++) expect((await world.call()).status).toBe(200)
  expect(connections).toBe(1)
  world.app?.closeIdleConnections()
  expect((await world.call()).status).toBe(200)
})

test("a site has a limited number of connections, and gets each back", async () => {
  const waiting: (() => void)[] = []
  world = await worldWithApp((_request, response) => waiting.push(() => response.end("done")), {
    limits: { connectionsPerSite: 2 },
  })
  const first = [world.call(), world.call()]
  await expect.poll(() => waiting.length).toBe(2)
  const refused = await world.call()
  expect(refused.status).toBe(503)
  expect(JSON.parse(refused.body)).toMatchObject({ code: "busy" })
  for (const finish of waiting.splice(0)) finish()
  await Promise.all(first)
  const again = world.call()
  await expect.poll(() => waiting.length).toBe(1)
  waiting[0]?.()
  expect((await again).status).toBe(200)
})

test("a WebSocket passes both ways, and ends on both sides", async () => {
  world = await worldWithApp(echo)
  const sockets = new WebSocketServer({ noServer: true })
  world.app?.on("upgrade", (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.send(`hello ${request.url} ${request.headers["x-forwarded-for"]}`)
      ws.on("message", (text) => ws.send(`echo ${text}`))
    }),
  )
  const socket = new WebSocket(`ws://127.0.0.1:${world.port}/live?a=1`, {
    headers: { host: "shop.preview.localhost", "x-forwarded-for": "10.0.0.1" },
  })
  const heard: string[] = []
  socket.on("message", (text) => heard.push(String(text)))
  await new Promise((resolve) => socket.once("open", resolve))
  socket.send("x".repeat(100_000))
  await expect.poll(() => heard.length).toBe(2)
  expect(heard[0]).toBe("hello /live?a=1 203.0.113.9")
  expect(heard[1]).toHaveLength(100_005)
  socket.close()
  await expect.poll(() => sockets.clients.size).toBe(0)
})

test("an upgrade that the app declines passes its answer, one without an app is 503", async () => {
  world = await worldWithApp(echo)
  const upgrade =
    "GET /live HTTP/1.1\r\nHost: shop.preview.localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
  world.app?.on("upgrade", (_request, socket) =>
    socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"),
  )
  expect(await world.raw(upgrade)).toMatch(/^HTTP\/1\.1 403 [\s\S]*no$/)
  world.app?.closeAllConnections()
  world.app?.close()
  world.app = undefined
  expect(await world.raw(upgrade)).toMatch(/^HTTP\/1\.1 503 /)
})

test.each([
  ["refused by us", "nothing.preview.localhost"],
  ["declined by the app", "shop.preview.localhost"],
])("an upgrade %s gives its socket back, however its client goes on", async (_, host) => {
  world = await worldWithApp(echo)
  world.app?.on("upgrade", (_request, socket) =>
    socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"),
  )
  const { port } = world
  const leftOpen = await socketsLeftOpen({
    dial: () => connect({ port, host: "127.0.0.1", allowHalfOpen: true }),
    head: `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  })
  expect(leftOpen).toEqual({ afterLateBytes: 0, whileClientStays: 0 })
})
