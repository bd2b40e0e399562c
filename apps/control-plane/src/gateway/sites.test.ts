import { createServer } from "node:http"
import { connect } from "node:net"
import { clockAt } from "@vibecaas/kernel/clock"
import { afterEach, expect, test } from "vitest"
import { findSite, isSameSite } from "./find-site.ts"
import { pageOfApp } from "./pages.ts"
import type { HostResolver, Site, SiteShown } from "./site.ts"
import { dashboardOrigin, type GatewayWorld, gatewayWorld, worldWithApp } from "./testing/world.ts"

let world: GatewayWorld | undefined
afterEach(() => world?.close())

const siteOf = (kind: string, name: string): Site => ({
  ref: { kind, id: `${kind}_1`, organizationId: "org_1" },
  name,
  visibility: "public",
  door: `/${name}`,
  connect: () => Promise.reject(new Error("nothing is asked of it")),
  show: () => Promise.reject(new Error("nothing is asked of it")),
  port: () => undefined,
})

/** A kind whose one host is `name`; counts how often it was asked. */
function resolverOf(kind: string, name: string): HostResolver & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    async find(host) {
      asked.push(host)
      return host === name ? siteOf(kind, name) : undefined
    },
  }
}

test("each kind's resolver answers for its own hosts, and no other is asked after it", async () => {
  const [projects, stores] = [resolverOf("project", "books"), resolverOf("store", "shoes")]
  const sites = findSite([projects, stores], clockAt("2026-01-01T00:00:00Z"))
  expect((await sites.find("shoes"))?.ref.kind).toBe("store")
  expect((await sites.find("books"))?.ref.kind).toBe("project")
  expect(await sites.find("nothing")).toBeUndefined()
  expect(stores.asked).toEqual(["shoes", "nothing"])
  expect(isSameSite(siteOf("project", "a"), siteOf("store", "a"))).toBe(false)
})

test("who asks at once shares one answer, and news overtake an answer that is under way", async () => {
  const answers: ((site: Site | undefined) => void)[] = []
  const slow = { find: () => new Promise<Site | undefined>((resolve) => answers.push(resolve)) }
  const sites = findSite([slow], clockAt("2026-01-01T00:00:00Z"))
  const early = [sites.find("books"), sites.find("books")]
  expect(answers).toHaveLength(1)
  sites.forget("books")
  const late = sites.find("books")
  answers[1]?.(undefined)
  answers[0]?.(siteOf("project", "books"))
  expect(await late).toBeUndefined()
  expect((await Promise.all(early))[0]?.name).toBe("books")
  expect(await sites.find("books")).toBeUndefined()
  expect(answers).toHaveLength(2)
})

test("the page of a private site names its kind and leads to its own place in the dashboard", async () => {
  const site = { ...siteOf("store", "shoes"), visibility: "private" as const }
  const shown: SiteShown = {
    state: "stopped",
    detail: null,
    exitCode: null,
    logTail: [],
    page: "/s/1",
  }
  expect(pageOfApp(shown, { site, dashboardOrigin })).toMatchObject({
    sentence: "It was stopped. Its data is kept. Start it in its store.",
    link: { href: `${dashboardOrigin}/s/1`, text: "Open its store" },
  })
})

test("a redirect to the address that an app has inside its machine leads to its own host", async () => {
  world = await worldWithApp((request, response) =>
    response.writeHead(302, { location: String(request.headers["x-to"]) }).end(),
  )
  world.insidePort = 3000
  const to = async (where: string) =>
    (await world?.call({ headers: { "x-to": where } }))?.headers.location
  expect(await to("http://localhost:3000/landing?a=1")).toBe("//shop.preview.localhost/landing?a=1")
  expect(await to("http://127.0.0.1:3000")).toBe("//shop.preview.localhost")
  expect(await to("http://[::1]:3000/x")).toBe("//shop.preview.localhost/x")
  for (const other of [
    "/landing",
    "http://localhost:8080/callback",
    "https://localhost:3000/",
    "http://localhost:3000.evil.test/",
    "https://example.test/?to=http://localhost:3000/",
  ]) {
    expect(await to(other)).toBe(other)
  }
})

test("a declined upgrade keeps the bytes of its headers", async () => {
  world = await worldWithApp((_request, response) => response.end())
  world.app?.on("upgrade", (_request, socket) =>
    socket.end(
      Buffer.from("HTTP/1.1 401 No\r\nX-Name: na\xefve\r\nContent-Length: 0\r\n\r\n", "latin1"),
    ),
  )
  const heard = await world.raw(
    "GET /live HTTP/1.1\r\nHost: shop.preview.localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  )
  expect(heard).toMatch(/^HTTP\/1\.1 401 /)
  expect(heard).toContain("X-Name: na\xefve\r\n")
})

const mebibyte = 1024 * 1024

test("50 MiB pass whole in either direction", async () => {
  world = await worldWithApp((request, response) => {
    let size = 0
    request.on("data", (chunk: Buffer) => {
      size += chunk.length
    })
    request.on("end", () => {
      response.setHeader("x-got", size)
      response.end(Buffer.alloc(50 * mebibyte, 98))
    })
  })
  const { headers, body } = await world.call({
    method: "POST",
    body: Buffer.alloc(50 * mebibyte, 97),
  })
  expect(headers["x-got"]).toBe(String(50 * mebibyte))
  expect(body.length).toBe(50 * mebibyte)
})

test.each([
  ["with a length", { "content-length": "100" }],
  ["in chunks", {}],
  ["in chunks on a connection that ends with it", { connection: "close" }],
])("an answer %s that breaks off is no whole one to the visitor", async (_, headers) => {
  world = await worldWithApp((request, response) => {
    response.writeHead(200, headers)
    response.write("only this")
    setTimeout(() => request.socket.destroy(), 50)
  })
  await expect(world.call()).rejects.toMatchObject({ code: "ECONNRESET" })
})

test("a visitor who does not read holds the app back", async () => {
  let written = 0
  world = await worldWithApp((_request, response) => {
    const part = Buffer.alloc(64 * 1024)
    const more = () => {
      while (written < 200 * mebibyte) {
        written += part.length
        if (!response.write(part)) return void response.once("drain", more)
      }
      response.end()
    }
    more()
  })
  const socket = connect(world.port, "127.0.0.1")
  socket.write("GET / HTTP/1.1\r\nHost: shop.preview.localhost\r\n\r\n")
  let before = -1
  const stands = () => {
    const same = written > 0 && written === before
    before = written
    return same
  }
  await expect.poll(stands, { interval: 300, timeout: 20_000 }).toBe(true)
  expect(written).toBeLessThan(50 * mebibyte)
  socket.destroy()
})

test("an app that answers an upload before its end is heard", async () => {
  world = await gatewayWorld()
  world.app = createServer((_request, response) => {
    response.writeHead(413, { connection: "close" }).end("too much for me")
  })
  await new Promise<void>((resolve) => world?.app?.listen(0, "127.0.0.1", resolve))
  const socket = world.dial()
  socket.write(
    "POST / HTTP/1.1\r\nHost: shop.preview.localhost\r\nContent-Length: 1000000\r\n\r\nsome",
  )
  const [heard] = await new Promise<Buffer[]>((resolve) =>
    socket.once("data", (chunk) => resolve([chunk])),
  )
  expect(String(heard)).toMatch(/^HTTP\/1\.1 413 [\s\S]*too much for me/)
  socket.destroy()
})
