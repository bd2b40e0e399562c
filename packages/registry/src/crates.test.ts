import { createServer } from "node:http"
import { afterEach, beforeEach, expect, test } from "vitest"
import { crateFile, crateHash } from "./testing/crates.ts"
import { plenty, type RegistryWorld, registryWorld } from "./testing/registry-world.ts"

const one = { name: "one", version: "1.0.0", needs: { Deep_two: "2" }, rust: "1.60" }
const deep = { name: "Deep_two", version: "2.1.0", yanked: true }

let world: RegistryWorld
beforeEach(async () => {
  world = await registryWorld()
  world.upstream.publishCrates(one, deep)
})
afterEach(() => world.close())

const visit = (registry = world.registry) => world.visited(registry, plenty, "crates")

test("the index of crates has what cargo chooses by, and archives where our own address says", async () => {
  const { get, port } = await visit()
  const { dl } = JSON.parse(String((await get("/config.json")).bytes))
  expect(dl).toBe(`http://127.0.0.1:${port}/crates/{crate}/{crate}-{version}.crate`)
  const lines = String((await get("/3/o/one")).bytes)
    .trim()
    .split("\n")
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      ...{ name: "one", vers: "1.0.0", features: {}, yanked: false, rust_version: "1.60" },
      deps: [expect.objectContaining({ name: "Deep_two", req: "2", kind: "normal" })],
      cksum: crateHash(one),
    },
  ])
  expect((await get("/crates/one/one-1.0.0.crate")).bytes).toEqual(crateFile(one))
  expect((await get("/de/ep/deep_two")).status).toBe(200)
  expect((await get("/crates/Deep_two/Deep_two-2.1.0.crate")).bytes).toEqual(crateFile(deep))
})

test("archives are found by every form in which an index says where they are", async () => {
  const { upstream } = world
  for (const dl of [
    `${upstream.base}archives/{crate}/{version}/download`,
    `${upstream.base}archives/`,
  ]) {
    upstream.misbehave(
      "/config.json",
      (_request, response) => void response.end(JSON.stringify({ dl })),
    )
    await world.registry.sweep(0)
    const { get } = await visit()
    expect((await get("/crates/one/one-1.0.0.crate")).bytes, dl).toEqual(crateFile(one))
  }
})

test("an archive that is not what the index promised is refused, also when the index changes with it", async () => {
  const { upstream, clock } = world
  upstream.misbehave("/archives/", (_request, response) => void response.end("other bytes"))
  const { get, say } = await visit()
  expect(await say("/crates/one/one-1.0.0.crate")).toMatchObject({
    status: 403,
    error: expect.stringContaining("not those that its registry published"),
  })
  upstream.forgive()
  upstream.publishCrates({ ...one, files: { "src/lib.rs": "pub fn evil() {}" } })
  clock.advance(10 * 60_000)
  expect(JSON.parse(String((await get("/3/o/one")).bytes)).cksum).toBe(crateHash(one))
  expect((await say("/crates/one/one-1.0.0.crate")).status).toBe(403)
})

test("what was fetched once is there while the index is away", async () => {
  const { get } = await visit()
  await get("/crates/one/one-1.0.0.crate")
  world.upstream.misbehave("/", (_request, response) => void response.destroy())
  const again = await visit(world.open())
  expect((await again.get("/crates/one/one-1.0.0.crate")).bytes).toEqual(crateFile(one))
})

test("an index that leads elsewhere for its archives, or says nothing that makes sense, is not followed", async () => {
  const { upstream } = world
  const port = await world.listen(createServer((_request, response) => response.end("secret")))
  const cases: [object, number][] = [
    [{ dl: "http://169.254.169.254/latest/meta-data" }, 403],
    [{ dl: `http://127.0.0.1:${port}/{crate}` }, 403],
    [{ dl: "file:///etc/passwd" }, 403],
    [{ dl: "nowhere" }, 502],
    [{ dl: 7 }, 502],
    [[], 502],
  ]
  for (const [config, expected] of cases) {
    upstream.misbehave("/config.json", (_request, response) => {
      response.end(JSON.stringify(config))
    })
    const { say } = await visit()
    const { status } = await say("/crates/one/one-1.0.0.crate")
    expect({ config, status }).toEqual({ config, status: expected })
  }
  upstream.forgive()
  upstream.misbehave("/archives/", (_request, response) => {
    response.writeHead(302, { location: "http://169.254.169.254/one.crate" }).end()
  })
  const { say } = await visit()
  expect((await say("/crates/one/one-1.0.0.crate")).error).toContain("where we do not go")
})

test("lines of an index that are of another crate, or no lines at all, name no archive", async () => {
  const line = (about: object) =>
    JSON.stringify({
      name: "one",
      vers: "1.0.0",
      deps: [],
      cksum: "a".repeat(64),
      features: {},
      yanked: false,
      ...about,
    })
  const lies = [
    line({ name: "other" }),
    line({ vers: "../../../etc/passwd" }),
    line({ cksum: "a" }),
    line({ yanked: "no" }),
    "{",
    "null",
  ]
  world.upstream.misbehave("/3/o/one", (_request, response) => void response.end(lies.join("\n")))
  const { say } = await visit()
  expect(await say("/3/o/one")).toMatchObject({
    status: 502,
    error: expect.stringContaining("no sense"),
  })
  for (const path of [
    "/3/o/..%2fone",
    "/crates/one/..%2f..%2fone-1.0.0.crate",
    "/crates/one/other-1.0.0.crate",
    "/crates/one/one-1.0.0.tgz",
    "/api/v1/crates",
    "/me",
    "/",
  ]) {
    const { status } = await say(path)
    expect({ path, status }).toMatchObject({
      status: expect.toSatisfy((it) => it === 404 || it === 502),
    })
  }
})

test("a version that its maker took back is told of, by the index alone", async () => {
  const asked = [one, deep].map(({ name, version }) => ({ name, version }))
  const told = await world.registry.advisories("crates", asked)
  expect([...told]).toEqual([["Deep_two@2.1.0", [expect.objectContaining({ severity: "yanked" })]]])
  await expect(
    world.registry.advisories("crates", [{ name: "missing", version: "1.0.0" }]),
  ).rejects.toThrow("no package missing")
})
