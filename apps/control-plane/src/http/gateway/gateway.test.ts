import { createServer, type RequestListener } from "node:http"
import { afterEach, expect, test } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { type GatewayWorld, gatewayWorld, listen } from "./testing/world.ts"

let world: GatewayWorld
afterEach(() => world.close())

async function worldWithApp(
  app: RequestListener,
  options?: Parameters<typeof gatewayWorld>[0],
): Promise<GatewayWorld> {
  const made = await gatewayWorld(options)
  made.app = createServer(app)
  await listen(made.app)
  return made
}

/** Answers with the request as the app saw it. */
const echo: RequestListener = (request, response) => {
  const chunks: Buffer[] = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    const { method, url, headers } = request
    response.setHeader("content-type", "application/json")
    response.end(
      JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString("latin1") }),
    )
  })
}

test("a request passes with its method, path, headers and body", async () => {
  world = await worldWithApp(echo)
  const { status, body } = await world.call({
    method: "POST",
    path: "/books?page=2&q=%2F",
    headers: { "content-type": "text/plain", "x-custom": "kept" },
    body: "Dune",
  })
  expect(status).toBe(200)
  expect(JSON.parse(body)).toMatchObject({
    method: "POST",
    url: "/books?page=2&q=%2F",
    body: "Dune",
    headers: { "x-custom": "kept", host: "shop.preview.localhost", "content-length": "4" },
  })
})

test("a body in chunks arrives whole", async () => {
  world = await worldWithApp(echo)
  const heard = await world.raw(
    "PUT /a HTTP/1.1\r\nHost: shop.preview.localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\nDune\r\n6\r\n, 1965\r\n0\r\n\r\n",
  )
  expect(heard).toContain('"body":"Dune, 1965"')
})

test("case, port and a trailing dot of the host do not matter", async () => {
  world = await worldWithApp(echo)
  for (const host of [
    "SHOP.Preview.LocalHost:3000",
    "shop.preview.localhost.",
    "shop.preview.localhost.:80",
  ]) {
    expect(world.gateway.owns(host)).toBe(true)
    expect((await world.call({ host })).status).toBe(200)
  }
})

test("the gateway owns the apps' domain and all below it, and nothing else", async () => {
  world = await gatewayWorld()
  const { owns } = world.gateway
  expect(["preview.localhost", "a.b.preview.localhost", "x.preview.localhost:1"].every(owns)).toBe(
    true,
  )
  const others = [
    "localhost",
    "xpreview.localhost",
    "preview.localhost.evil.test",
    "shop@preview.localhost",
    "",
    undefined,
  ]
  expect(others.some(owns)).toBe(false)
})

test("a name without a project is 404, a host that is not ours 421", async () => {
  world = await gatewayWorld()
  const page = await world.call({
    host: "nothing.preview.localhost",
    headers: { accept: "text/html" },
  })
  expect(page.status).toBe(404)
  expect(page.body).toContain("There is no project at this address")
  expect((await world.call({ host: "a.b.preview.localhost" })).status).toBe(404)
  expect((await world.call({ host: "preview.localhost" })).status).toBe(404)
  expect((await world.call({ host: "evil.test" })).status).toBe(421)
})

test("what a visitor claims about where it comes from never reaches the app", async () => {
  world = await worldWithApp(echo)
  const { body } = await world.call({
    headers: {
      "x-forwarded-for": "10.0.0.1",
      "x-forwarded-host": "bank.test",
      "x-forwarded-proto": "https",
      "x-forwarded-user": "admin",
      forwarded: "for=10.0.0.1",
      "x-real-ip": "10.0.0.1",
      connection: "close, x-secret",
      "x-secret": "1",
      te: "trailers",
    },
  })
  const { headers } = JSON.parse(body)
  expect(headers).toMatchObject({
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "shop.preview.localhost",
    "x-forwarded-proto": "http",
  })
  for (const gone of ["x-forwarded-user", "forwarded", "x-real-ip", "x-secret", "te"]) {
    expect(headers).not.toHaveProperty(gone)
  }
})

test("requests that two parsers could read differently are refused", async () => {
  world = await worldWithApp(echo)
  const host = "Host: shop.preview.localhost\r\n"
  const attacks = [
    `POST / HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
    `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    `GET / HTTP/1.1\r\n${host}Host: other.preview.localhost\r\nConnection: close\r\n\r\n`,
    `GET http://other.preview.localhost/ HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}X-A: b\r\n c: d\r\nConnection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}X A: b\r\n\r\n`,
  ]
  for (const attack of attacks) {
    expect(await world.raw(attack), attack).toMatch(/^HTTP\/1\.1 400 /)
  }
})

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

test("a body over the limit is 413, whether its length is told or not", async () => {
  let seen = 0
  world = await worldWithApp(
    (request, response) => {
      request.on("data", (chunk: Buffer) => {
        seen += chunk.length
      })
      request.on("end", () => response.end("took it"))
    },
    { limits: { bodyBytesMax: 1000 } },
  )
  expect((await world.call({ method: "POST", body: Buffer.alloc(1001) })).status).toBe(413)
  expect(seen).toBe(0)
  const chunk = `200\r\n${"x".repeat(512)}\r\n`
  const heard = await world.raw(
    `POST / HTTP/1.1\r\nHost: shop.preview.localhost\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(3)}`,
  )
  expect(heard).toMatch(/^HTTP\/1\.1 413 /)
  expect(seen).toBeLessThanOrEqual(1000)
  expect((await world.call({ method: "POST", body: Buffer.alloc(1000) })).body).toBe("took it")
})

test("only the dashboard may frame an app, and no header of an app speaks for the platform", async () => {
  world = await worldWithApp((_request, response) => {
    response.writeHead(
      200,
      [
        ["X-Frame-Options", "DENY"],
        ["Content-Security-Policy", "default-src 'self'; frame-ancestors *; img-src *"],
        ["Strict-Transport-Security", "max-age=99999; includeSubDomains"],
        ["X-Accel-Redirect", "/etc/passwd"],
        ["Clear-Site-Data", '"*"'],
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "__Host-vibecaas-preview=stolen; Path=/; Secure"],
        ["Set-Cookie", " __host-VIBECAAS-preview =stolen"],
        ["Set-Cookie", "b=2"],
        ["Connection", "keep-alive, X-Hop"],
        ["X-Hop", "1"],
      ].flat(),
    )
    response.end("ok")
  })
  const { headers } = await world.call()
  expect(headers["content-security-policy"]).toBe(
    "default-src 'self'; img-src *, frame-ancestors http://localhost:3000",
  )
  expect(headers["set-cookie"]).toEqual(["a=1", "b=2"])
  for (const gone of [
    "x-frame-options",
    "strict-transport-security",
    "x-accel-redirect",
    "clear-site-data",
    "x-hop",
  ]) {
    expect(headers).not.toHaveProperty(gone)
  }
})

test("people get a page and programs a line of JSON while no app answers", async () => {
  world = await gatewayWorld()
  world.shown = { state: "working", detail: "Task 3 of 6", exitCode: null, logTail: [] }
  const page = await world.call({ headers: { accept: "text/html,*/*" } })
  expect(page.status).toBe(503)
  expect(page.headers["retry-after"]).toBe("2")
  expect(page.body).toContain("shop is being built")
  expect(page.body).toContain("Task 3 of 6")
  const line = await world.call()
  expect(line.headers["content-type"]).toContain("application/json")
  expect(JSON.parse(line.body)).toMatchObject({ code: "app_working" })
  const state = await world.call({ path: "/.vibecaas/state" })
  expect(JSON.parse(state.body)).toEqual({ state: "working", detail: "Task 3 of 6" })
})

test("the page of a crashed app shows its exit code and last lines, and runs nothing of them", async () => {
  world = await gatewayWorld()
  world.shown = {
    state: "crashed",
    detail: null,
    exitCode: 7,
    logTail: ["Error: no table", "<script>alert(1)</script>"],
  }
  const { status, body, headers } = await world.call({ headers: { accept: "text/html" } })
  expect(status).toBe(502)
  expect(body).toContain("exit code 7")
  expect(body).toContain("Error: no table")
  expect(body).not.toContain("<script>alert")
  expect(headers["content-security-policy"]).toMatch(
    /default-src 'none'.*frame-ancestors http:\/\/localhost:3000/,
  )
  expect(body).not.toMatch(/(src|href)=/)
})

test("an app that sends nonsense, breaks off or is silent gets a page in its place", async () => {
  world = await worldWithApp(
    (request, response) => {
      if (request.url === "/nonsense") request.socket.end("SSH-2.0-OpenSSH\r\n")
      if (request.url === "/break") request.socket.destroy()
      if (request.url === "/huge") response.writeHead(200, { "x-huge": "x".repeat(40_000) }).end()
    },
    { limits: { firstByteMs: 50 } },
  )
  expect((await world.call({ path: "/nonsense" })).status).toBe(502)
  expect((await world.call({ path: "/break" })).status).toBe(502)
  expect((await world.call({ path: "/huge" })).status).toBe(502)
  expect((await world.call({ path: "/silent" })).status).toBe(504)
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

test("a project has a limited number of connections, and gets each back", async () => {
  const waiting: (() => void)[] = []
  world = await worldWithApp((_request, response) => waiting.push(() => response.end("done")), {
    limits: { connectionsPerProject: 2 },
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
