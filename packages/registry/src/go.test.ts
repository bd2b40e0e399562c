import { deflateRawSync } from "node:zlib"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type GoModule, goModOf, goSum, goZip } from "./testing/go-modules.ts"
import { plenty, type RegistryWorld, registryWorld } from "./testing/registry-world.ts"

const notes: GoModule = {
  module: "example.com/Some/Notes",
  version: "v1.2.0",
  files: { "notes.go": "package notes\n" },
}
const at = "/example.com/!some/!notes/@v"
const lookup = "/sumdb/sum.golang.org/lookup/example.com/!some/!notes@v1.2.0"

let world: RegistryWorld
let { upstream, clock, registry, open } = {} as RegistryWorld
const visited = (of = registry) => world.visited(of, plenty, "go")
beforeEach(async () => {
  world = await registryWorld()
  ;({ upstream, clock, registry, open } = world)
  upstream.publishGo(notes)
})
afterEach(() => world.close())

test("a module is what its proxy has: versions, what they need, and archives by go.sum's hash", async () => {
  const { get } = await visited()
  expect(String((await get(`${at}/list`)).bytes)).toBe("v1.2.0\n")
  expect(JSON.parse(String((await get(`${at}/v1.2.0.info`)).bytes))).toMatchObject({
    Version: "v1.2.0",
  })
  expect(String((await get(`${at}/v1.2.0.mod`)).bytes)).toBe(goModOf(notes))
  expect((await get(`${at}/v1.2.0.zip`)).bytes).toEqual(goZip(notes))
  expect(String((await get(lookup)).bytes)).toContain(goSum(notes))
})

test("an archive or a go.mod with other files than its hash says is refused, and nothing of it stays", async () => {
  const other = { ...notes, files: { "notes.go": "package notes // steal()\n" } }
  upstream.publishGo(other)
  const { say, get } = await visited()
  expect((await say(`${at}/v1.2.0.zip`)).error).toContain("not those that its registry published")
  upstream.misbehave(".mod", (_request, response) => void response.end("module other\n"))
  expect((await say(`${at}/v1.2.0.mod`)).status).toBe(403)
  upstream.forgive()
  upstream.publishGo(notes)
  expect((await get(`${at}/v1.2.0.zip`)).status).toBe(200)
  expect((await get(`${at}/v1.2.0.mod`)).status).toBe(200)
})

test("a hash that was said once stays, whatever its database says later", async () => {
  await (await visited()).get(lookup)
  const other = { ...notes, files: { "notes.go": "package notes // steal()\n" } }
  upstream.publishGo(other)
  upstream.misbehave("/lookup/", (_request, response) => {
    response.end(`1\n${goSum(other)}\ngo.sum database tree\n`)
  })
  clock.advance(6 * 60_000)
  const { say } = await visited(open())
  expect((await say(`${at}/v1.2.0.zip`)).status).toBe(403)
})

test("a database that speaks of another module, or of no hash, is not believed", async () => {
  const lines = [
    goSum({ ...notes, module: "example.com/other" }),
    goSum({ ...notes, version: "v1.3.0" }),
    goSum(notes).replaceAll("h1:", "h9:"),
    "",
  ]
  for (const each of lines) {
    upstream.misbehave("/lookup/", (_request, response) => void response.end(`1\n${each}\n`))
    expect((await (await visited(open())).say(`${at}/v1.2.0.zip`)).status, each).toBe(502)
  }
})

test("archives that are none, unpack to too much or have a file twice are refused", async () => {
  const whole = goZip(notes)
  const twice = Buffer.from(whole.toString("latin1").replaceAll("LICENSE", "go.mod\0"), "latin1")
  const first = whole.lastIndexOf("go.mod")
  const wrong = [
    Buffer.from("no archive"),
    whole.subarray(0, whole.length - 30),
    Buffer.concat([whole.subarray(0, first), Buffer.from("xx"), whole.subarray(first + 2)]),
    twice,
    bomb(),
  ]
  for (const bytes of wrong) {
    upstream.misbehave(".zip", (_request, response) => void response.end(bytes))
    const { status } = await (await visited()).say(`${at}/v1.2.0.zip`)
    expect([403, 413]).toContain(status)
  }
  await registry.sweep(0)
  expect(await registry.sweep(0)).toBe(0)
})

/** One file that unpacks to 600 MB. */
function bomb(): Buffer {
  const packed = deflateRawSync(Buffer.alloc(600 * 1024 * 1024), { level: 1 })
  const name = Buffer.from("example.com/Some/Notes@v1.2.0/x")
  const about = Buffer.alloc(26)
  about.writeUInt16LE(20, 0)
  about.writeUInt16LE(8, 4)
  about.writeUInt32LE(packed.length, 14)
  about.writeUInt16LE(name.length, 22)
  const head = Buffer.concat([Buffer.from("PK\x03\x04"), about, name, packed])
  const place = Buffer.concat([Buffer.from("PK\x01\x02\x14\x03"), about, Buffer.alloc(14), name])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(place.length, 8)
  end.writeUInt32LE(head.length, 12)
  return Buffer.concat([head, place, Buffer.from("PK\x05\x06"), end])
}

test("names lead nowhere but to modules, and capital letters only as Go writes them", async () => {
  const { get, visit } = await visited()
  for (const path of [
    "/../etc/passwd/@v/list",
    "/example.com/..%2f..%2fsecret/@v/list",
    "/example.com/%2e%2e/@v/v1.0.0.zip",
    "/example.com/.git/@v/list",
    "/example.com/Some/Notes/@v/list",
    "/example.com/!Some/@v/list",
    "/example.com/a/@v/../list",
    "/example.com/a/@v/v1.0.zip",
    "/example.com/a/@v/v1.0.0.tar",
    "/localhost/@v/list",
    "/169.254.169.254:80/@v/list",
    "/http://169.254.169.254/@v/list",
    "/sumdb/other.example/latest",
    "/sumdb/sum.golang.org/lookup/../../secret",
    "/sumdb/sum.golang.org/tile/../x",
    `/example.com/${"a/".repeat(200)}b/@v/list`,
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 404])
  }
  expect(upstream.seen).toEqual([])
  expect((await get("/example.com/nothing/@latest")).status).toBe(404)
  // Go looks for modules at each part of a path: what is not there is no complaint.
  expect(visit.refused.some((each) => each.includes("nothing of that name"))).toBe(false)
})

test("a proxy that leads to an address of this computer, or of its host, is not followed", async () => {
  const { say } = await visited()
  for (const location of ["http://169.254.169.254/", "http://127.0.0.1:1/", "file:///etc/passwd"]) {
    upstream.misbehave("/@v/", (_request, response) => {
      response.writeHead(302, { location }).end()
    })
    for (const file of ["list", "v1.2.0.info", "v1.2.0.zip"])
      expect((await say(`${at}/${file}`)).status).toBe(403)
  }
})

test("a module that is larger than files may be is given up", async () => {
  const small = await visited(open({ fileBytesMax: 100 }))
  expect((await small.say(`${at}/v1.2.0.zip`)).status).toBe(413)
})

test("what was fetched once is served while the proxy is away, and asked for no more", async () => {
  const before = await visited()
  for (const path of [`${at}/v1.2.0.zip`, `${at}/v1.2.0.mod`, `${at}/v1.2.0.info`, `${at}/list`])
    await before.get(path)
  clock.advance(60 * 60_000)
  upstream.misbehave("/", (_request, response) => void response.writeHead(503).end())
  const asked = upstream.seen.length
  const { get, say } = await visited(open())
  for (const file of ["v1.2.0.zip", "v1.2.0.mod", "v1.2.0.info"])
    expect((await get(`${at}/${file}`)).status).toBe(200)
  expect(upstream.seen.length).toBe(asked)
  expect((await get(`${at}/list`)).status).toBe(200)
  expect((await say(`${at}/v1.3.0.zip`)).status).toBe(502)
})

test("nobody tells known problems of modules", async () => {
  const asked = registry.advisories("go", [{ name: "example.com/a", version: "v1.0.0" }])
  await expect(asked).rejects.toThrow("tells no advisories")
})
