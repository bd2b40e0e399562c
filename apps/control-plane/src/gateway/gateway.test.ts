import { afterEach, expect, test } from "vitest"
import { page } from "./page.ts"
import { pageOfApp } from "./pages.ts"
import {
  dashboardOrigin,
  echo,
  type GatewayWorld,
  gatewayWorld,
  worldWithApp,
} from "./testing/world.ts"

let world: GatewayWorld
afterEach(() => world.close())

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
  world.shown = { ...world.shown, state: "working", detail: "Task 3 of 6" }
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

test("the page of a private app that is stopped leads members to its project, a public one's says who can", async () => {
  world = await gatewayWorld()
  world.shown = { ...world.shown, state: "stopped" }
  const html = { headers: { accept: "text/html" } }
  const visitors = await world.call(html)
  expect(visitors.body).toContain("Whoever built it can start it again.")
  expect(visitors.body).not.toContain(world.target.ref.id)
  const site = { ...world.target, visibility: "private" } as const
  const members = pageOfApp(world.shown, { site, dashboardOrigin })
  expect(members).toMatchObject({
    sentence: "It was stopped. Its data is kept. Start it in its project.",
    link: { href: `${dashboardOrigin}/projects/${site.ref.id}` },
  })
})

test("the page of a crashed app shows its exit code, and its last lines to members only", async () => {
  world = await gatewayWorld()
  world.shown = {
    state: "crashed",
    detail: null,
    exitCode: 7,
    logTail: ["Error: no table", "<script>alert(1)</script>"],
    page: "/projects/prj_1",
  }
  const { status, body, headers } = await world.call({ headers: { accept: "text/html" } })
  expect(status).toBe(502)
  expect(body).toContain("exit code 7")
  expect(body).not.toContain("Error: no table")
  expect(headers["content-security-policy"]).toMatch(
    /default-src 'none'.*frame-ancestors http:\/\/localhost:3000/,
  )
  expect(body).not.toMatch(/(src|href)=/)
  expect((await world.call({ headers: { accept: "application/json" } })).body).toContain(
    '"lines":[]',
  )
  const site = { ...world.target, visibility: "private" } as const
  const members = page(pageOfApp(world.shown, { site, dashboardOrigin }), dashboardOrigin)
  expect(members.body).toContain("Error: no table")
  expect(members.body).not.toContain("<script>alert")
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
