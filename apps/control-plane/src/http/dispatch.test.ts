import { createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { systemClock } from "@vibecaas/kernel/clock"
import { afterAll, beforeAll, expect, test } from "vitest"
import { socketsLeftOpen } from "../gateway/testing/sockets-left-open.ts"
import { type Gateway, makeDispatch } from "./dispatch.ts"
import { testClient } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

const appsGateway: Gateway = {
  owns: (host = "") => host.endsWith(".preview.localhost"),
  request: (request, response) => void response.end(`app at ${request.headers.host}`),
  upgrade: (_, socket) => socket.end("HTTP/1.1 418 App\r\n\r\n"),
  recheck: () => {},
}
let problems: Record<string, string> = {}

let server: TestServer
let client: ReturnType<typeof testClient>
beforeAll(async () => {
  server = await testServer({
    parts: {
      gateway: appsGateway,
      pages: {
        handle: (request, response) => {
          if (request.url === "/broken") throw new Error("a page's secret")
          response.end(`page ${request.url}`)
        },
      },
      readiness: [{ name: "database", notReady: () => problems.database }],
    },
  })
  client = testClient(server.origin)
})
afterAll(() => server.close())

const get = (path: string, host?: string) =>
  client.send(`GET ${path}`, host === undefined ? {} : { headers: { host } })

test("the host decides before the path: an app's host never reaches the API", async () => {
  const host = "x.preview.localhost:3000"
  for (const path of ["/", "/api/v1/me", "/healthz", "/docs/api/openapi.json"]) {
    expect((await get(path, host)).body, path).toBe(`app at ${host}`)
  }
})

test("an unknown host is misdirected, whatever the path", async () => {
  for (const path of ["/", "/api/v1/me", "/docs/api"]) {
    const answer = await get(path, "evil.example")
    expect(answer, path).toMatchObject({ status: 421 })
    expect(answer.headers["content-type"]).toContain("text/html")
  }
  expect((await get("/", "127.0.0.1.evil.example")).status).toBe(421)
})

test("the dashboard's names are told apart by neither port nor case", async () => {
  expect((await get("/projects", "LOCALHOST:9")).body).toBe("page /projects")
  expect((await get("/api", "localhost")).status).toBe(404)
  expect((await get("/apiary", "localhost")).body).toBe("page /apiary")
})

test("health is answered under any name that is not an app's", async () => {
  expect(await get("/healthz", "10.42.0.7")).toMatchObject({ status: 200, body: { ok: true } })
  expect(await get("/readyz", "10.42.0.7")).toMatchObject({ status: 200, body: { ready: true } })
  problems = { database: "it does not answer" }
  expect(await get("/readyz")).toMatchObject({
    status: 503,
    body: { ready: false, reasons: { database: "it does not answer" } },
  })
  problems = {}
})

test("a page that fails is told in one sentence without its insides", async () => {
  const answer = await get("/broken")
  expect(answer.status).toBe(500)
  expect(answer.body).not.toContain("secret")
})

test("pictures are optimized for nobody", async () => {
  for (const path of ["/_next/image", "/_next/image?url=%2Fx.png&w=64&q=75", "/_next/image/"]) {
    expect((await get(path)).status, path).toBe(404)
  }
})

test("a whole URL in place of a path is not understood", async () => {
  expect(await raw("GET http://localhost/api/v1/me HTTP/1.1\r\nHost: localhost")).toContain(" 400 ")
})

const upgrade = "Connection: Upgrade\r\nUpgrade: websocket"
test.each([
  ["an app's host goes to the gateway", "/", "x.preview.localhost", " 418 "],
  ["even at the path of our stream", "/api/v1/stream", "x.preview.localhost", " 418 "],
  ["an unknown host is misdirected", "/api/v1/stream", "evil.example", " 421 "],
  ["a path that has none is not found", "/projects/x", "localhost", " 404 "],
  ["the dashboard's pages have none", "/_next/webpack-hmr", "localhost", " 404 "],
  ["our stream refuses a page without an origin", "/api/v1/stream", "localhost", " 403 "],
])("an upgrade: %s", async (_, path, host, status) => {
  expect(await raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}`)).toContain(status)
})

test.each([
  ["of an unknown host", "/api/v1/stream", "evil.example"],
  ["at a path that has none", "/projects/x", "localhost"],
  ["of our stream by another page", "/api/v1/stream", "localhost"],
])(
  "a refused upgrade %s gives its socket back, however its client goes on",
  async (_, path, host) => {
    const { hostname, port } = new URL(server.origin)
    const leftOpen = await socketsLeftOpen({
      dial: () => connect({ host: hostname, port: Number(port), allowHalfOpen: true }),
      head: `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}\r\n\r\n`,
    })
    expect(leftOpen).toEqual({ afterLateBytes: 0, whileClientStays: 0 })
  },
)

function raw(head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin)
    const socket = connect(Number(port), hostname, () => socket.write(`${head}\r\n\r\n`))
    socket.once("data", (data) => {
      resolve(data.toString())
      socket.destroy()
    })
    socket.once("error", reject)
  })
}

test("a request of ours that does not arrive is ended; one to an app is the gateway's to end", async () => {
  const dispatch = makeDispatch({
    hosts: ["localhost"],
    gateway: { ...appsGateway, request: (request, response) => void request.pipe(response) },
    pages: { handle: (request, response) => void request.pipe(response) },
    stream: { upgrade: () => {} },
    arrivalMsMax: 100,
    clock: systemClock,
    onError: () => {},
  })
  const bare = createServer((request, response) =>
    dispatch.request(request, response, () => response.end()),
  )
  await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve))
  const { port } = bare.address() as AddressInfo // null only before listen
  const upload = async (host: string) => {
    const socket = connect(port, "127.0.0.1")
    socket.on("error", () => {})
    socket.write(`POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 2\r\n\r\na`)
    await new Promise((resolve) => setTimeout(resolve, 400))
    socket.write("b")
    return new Promise((resolve) => {
      socket.once("close", () => resolve("ended"))
      socket.on("data", (text) => String(text).endsWith("ab") && resolve("answered"))
      socket.resume()
      setTimeout(() => resolve("answered"), 1_000)
    })
  }
  const ends = await Promise.all([upload("localhost"), upload("x.preview.localhost")])
  bare.closeAllConnections()
  bare.close()
  expect(ends).toEqual(["ended", "answered"])
})
