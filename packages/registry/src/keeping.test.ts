import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest"
import { integrityOf, tarball } from "./testing/public-registry.ts"
import { left, plenty, type RegistryWorld, registryWorld } from "./testing/registry-world.ts"

let world: RegistryWorld
let { upstream, clock, registry, open, visited } = {} as RegistryWorld
beforeEach(async () => {
  world = await registryWorld()
  ;({ upstream, clock, registry, open, visited } = world)
})
afterEach(() => world.close())

test("a file is fetched once, and a document again after a while", async () => {
  const { get } = await visited()
  await Promise.all([get("/left/-/left-1.0.0.tgz"), get("/left/-/left-1.0.0.tgz")])
  await get("/left/-/left-1.0.0.tgz")
  const counted = () => upstream.seen.filter((each) => each.endsWith(".tgz")).length
  expect(counted()).toBe(1)
  expect(upstream.seen).toHaveLength(2)
  clock.advance(6 * 60_000)
  upstream.publish({ name: "left", version: "1.1.0" })
  expect(String((await get("/left")).bytes)).toContain("1.1.0")
})

test("what is kept is served while the registry is away, also by another process", async () => {
  const before = await visited()
  await before.get("/left/-/left-1.0.0.tgz")
  upstream.misbehave("/", (_request, response) => void response.writeHead(503).end())
  clock.advance(60 * 60_000)
  const { get, say } = await visited(open())
  expect((await get("/left")).status).toBe(200)
  expect((await get("/left/-/left-1.0.0.tgz")).status).toBe(200)
  expect((await say("/@scope/right")).status).toBe(502)
})

test("a version that was published anew with other bytes is refused", async () => {
  const { get, say } = await visited()
  await get("/left")
  upstream.publish({ ...left, files: { "index.js": "steal()" } })
  clock.advance(6 * 60_000)
  expect((await say("/left/-/left-1.0.0.tgz")).status).toBe(403)
})

test("what was not read for longest makes room", async () => {
  const { get } = await visited()
  await get("/left/-/left-1.0.0.tgz")
  clock.advance(60_000)
  await get("/@scope/right/-/right-2.0.0.tgz")
  clock.advance(60_000)
  await get("/left/-/left-1.0.0.tgz")
  expect(await registry.sweep(1200)).toBeLessThanOrEqual(1200)
  upstream.misbehave(".tgz", (_request, response) => void response.writeHead(503).end())
  expect((await get("/left/-/left-1.0.0.tgz")).status).toBe(200)
  expect((await get("/@scope/right/-/right-2.0.0.tgz")).status).toBe(502)
})

test("a version that is missing once and then back with other bytes is refused", async () => {
  const { get, say } = await visited()
  await get("/left")
  const later = () => clock.advance(6 * 60_000)
  const without = { name: "left", "dist-tags": {}, versions: {} }
  upstream.misbehave("left", (_request, response) => void response.end(JSON.stringify(without)))
  later()
  expect(JSON.parse(String((await get("/left")).bytes)).versions).toEqual({})
  expect((await say("/left/-/left-1.0.0.tgz")).status).toBe(404)
  upstream.forgive()
  upstream.publish({ ...left, files: { "index.js": "steal()" } })
  later()
  const { dist } = JSON.parse(String((await get("/left")).bytes)).versions["1.0.0"]
  expect(dist.integrity).toBe(integrityOf(left))
  expect((await say("/left/-/left-1.0.0.tgz")).status).toBe(403)
})

test("documents make room too, and what they promised stays for as long as there is room", async () => {
  const { get } = await visited()
  await get("/left")
  await visited(registry, plenty, "pypi").then((python) => python.get("/simple/flask/"))
  const promises = await registry.sweep(500)
  expect(promises).toBeGreaterThan(0)
  expect(promises).toBeLessThan(500)
  upstream.misbehave("/", (_request, response) => void response.writeHead(503).end())
  const away = await visited(open())
  expect((await away.get("/left")).status).toBe(502)
  upstream.forgive()
  upstream.publish({ ...left, files: { "index.js": "steal()" } })
  const { say } = await visited(open())
  expect((await say("/left/-/left-1.0.0.tgz")).status).toBe(403)
  expect(await registry.sweep(0)).toBe(0)
})

test("a large document is read in a thread of its own, so that nobody waits for it; a wrong one is refused", async () => {
  let threads = 0
  const count = () => void threads++
  process.on("worker", count)
  onTestFinished(() => void process.off("worker", count))
  const names = Array.from({ length: 20_000 }, (_, at) => [`package-${at}`, "1.0.0"])
  const large = { name: "large", version: "1.0.0", dependencies: Object.fromEntries(names) }
  upstream.publish(large)
  const { get, say } = await visited()
  await get("/left")
  expect(threads).toBe(0)
  const document = JSON.parse(String((await get("/large")).bytes))
  expect(document.versions["1.0.0"].dependencies).toEqual(large.dependencies)
  expect((await get("/large/-/large-1.0.0.tgz")).bytes).toEqual(tarball(large))
  expect(threads).toBe(1)
  upstream.misbehave("right", (_request, response) => void response.end("[".repeat(500_000)))
  expect(await say("/@scope/right")).toEqual({
    ...{ status: 502, error: "The registry's answer is not JSON." },
  })
})
