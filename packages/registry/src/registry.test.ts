import { createServer } from "node:http"
import { connect } from "node:net"
import { text } from "node:stream/consumers"
import { afterEach, beforeEach, expect, test } from "vitest"
import { tarball } from "./testing/public-registry.ts"
import { left, plenty, type RegistryWorld, registryWorld } from "./testing/registry-world.ts"

let world: RegistryWorld
let { upstream, registry, open, visited, listen } = {} as RegistryWorld
beforeEach(async () => {
  world = await registryWorld()
  ;({ upstream, registry, open, visited, listen } = world)
})
afterEach(() => world.close())

test("a package is what the registry has, with the address that stands in lock files", async () => {
  const { get } = await visited()
  const { bytes } = await get("/left")
  expect(JSON.parse(bytes.toString())).toMatchObject({
    "dist-tags": { latest: "1.0.0" },
    versions: {
      "1.0.0": {
        hasInstallScript: true,
        dist: { tarball: "https://registry.npmjs.org/left/-/left-1.0.0.tgz" },
      },
    },
  })
  expect((await get("/left/-/left-1.0.0.tgz")).bytes).toEqual(tarball(left))
  expect((await get("/@scope%2fright")).status).toBe(200)
  expect((await get("/@scope/right/-/right-2.0.0.tgz")).status).toBe(200)
})

test("bytes that are not those that were published are refused, and nothing of them stays", async () => {
  upstream.misbehave(".tgz", (_request, response) => void response.end("something else"))
  const { say, get } = await visited()
  const { status, error } = await say("/left/-/left-1.0.0.tgz")
  expect(status).toBe(403)
  expect(error).toContain("not those that its registry published")
  upstream.forgive()
  expect((await get("/left/-/left-1.0.0.tgz")).bytes).toEqual(tarball(left))
})

test("a redirect leads to no other host, neither a metadata service nor our own", async () => {
  const { say } = await visited()
  const port = await listen(createServer((_request, response) => response.end("secret")))
  for (const location of [
    "http://169.254.169.254/latest/meta-data",
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    "file:///etc/passwd",
    `http://someone:secret@${new URL(upstream.base).host}/left`,
  ]) {
    upstream.misbehave("right", (_request, response) => {
      response.writeHead(302, { location }).end()
    })
    const { status, error } = await say("/@scope/right")
    expect({ location, status }).toEqual({ location, status: 403 })
    expect(error).toContain("where we do not go")
  }
})

test("a document that names another host for its file leads nowhere", async () => {
  upstream.misbehave("right", (_request, response) => {
    const dist = { tarball: "http://169.254.169.254/right-2.0.0.tgz", shasum: "a".repeat(40) }
    const versions = { "2.0.0": { name: "@scope/right", version: "2.0.0", dist } }
    response.end(JSON.stringify({ name: "@scope/right", "dist-tags": {}, versions }))
  })
  const { say } = await visited()
  expect((await say("/@scope/right/-/right-2.0.0.tgz")).status).toBe(403)
})

test("a registry that is slow, or stops in the middle, is not waited for", async () => {
  const impatient = await visited(open({ patienceMs: 50 }))
  upstream.misbehave("left", () => {})
  expect((await impatient.say("/left")).status).toBe(504)
  upstream.misbehave("left", (_request, response) => void response.write("{"))
  expect((await impatient.say("/left")).error).toContain("stopped in the middle")
})

test("a file that is too large is given up, and nothing of it stays", async () => {
  const small = await visited(open({ fileBytesMax: 20 }))
  expect((await small.say("/left/-/left-1.0.0.tgz")).error).toContain("larger than")
  expect(await registry.sweep(0)).toBe(0)
})

test("only packages are answered, and only to be read", async () => {
  const { get, say, port, visit } = await visited()
  for (const path of [
    "/",
    "/-/whoami",
    "/-/v1/search?text=left",
    "/-/npm/v1/security/audits",
    "/..%2f..%2fetc/passwd",
    "/left/-/..%2f..%2fright",
    "/left/-/other-1.0.0.tgz",
    "/%zz",
  ]) {
    expect({ path, status: (await get(path)).status }).toMatchObject({
      status: expect.toSatisfy((status: number) => status === 404 || status === 400),
    })
  }
  for (const method of ["PUT", "POST", "DELETE"]) {
    expect((await get("/left", { method })).status).toBe(405)
  }
  expect((await say("/missing")).error).toContain("no package missing")
  expect(visit.refused.at(-1)).toContain("no package missing")
  expect(upstream.seen.filter((each) => !each.startsWith("GET /left"))).toEqual(["GET /missing"])
  for (const line of ["CONNECT 169.254.169.254:80", "GET http://169.254.169.254/"]) {
    expect(await raw(port, `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).not.toMatch(
      /^HTTP\/1.1 200/,
    )
  }
})

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ""
    const socket = connect(port, "127.0.0.1", () => socket.write(text))
    socket.on("data", (bytes) => {
      answer += bytes
    })
    socket.on("error", () => {}).on("close", () => resolve(answer))
  })
}

test("Python's index has addresses of ours, and files only as they were published", async () => {
  const { get, say } = await visited(registry, plenty, "pypi")
  const [file] = JSON.parse(String((await get("/simple/flask/")).bytes)).files
  expect(file).toMatchObject({ url: "/files/flask/flask-1.0-py3-none-any.whl" })
  expect(String((await get(file.url)).bytes)).toBe("flask")
  expect((await say("/simple/missing/")).status).toBe(404)
  expect((await get("/files/flask/other-1.0.whl")).status).toBe(404)
  upstream.misbehave("/wheels/", (_request, response) => void response.end("other bytes"))
  await get("/simple/django/")
  expect((await say("/files/django/django-1.0-py3-none-any.whl")).status).toBe(403)
})

test("known problems are told for the versions that have them", async () => {
  const told = { left: [{ severity: "high", title: "It leaks", vulnerable_versions: "<1.1.0" }] }
  upstream.misbehave("/advisories/bulk", (_request, response) => {
    response.end(JSON.stringify(told))
  })
  const packages = ["1.0.0", "1.1.0"].map((version) => ({ name: "left", version }))
  const found = await registry.advisories("npm", packages)
  expect([...found]).toEqual([["left@1.0.0", [{ severity: "high", title: "It leaks", url: null }]]])
  upstream.misbehave("/advisories/bulk", (_request, response) => void response.writeHead(405).end())
  await expect(registry.advisories("npm", packages)).rejects.toThrow("tells no advisories")
})

test("known problems of Python's packages are told with each version, or not at all", async () => {
  const one = { id: "PYSEC-1", summary: "It leaks", link: "https://example.com/1" }
  const vulnerabilities = [one, { id: "PYSEC-2", withdrawn: "2026-01-01T00:00:00Z" }]
  upstream.misbehave("/pypi/flask/1.0/json", (_request, response) => {
    response.end(JSON.stringify({ info: {}, vulnerabilities }))
  })
  upstream.misbehave("/pypi/click/2.0/json", (_request, response) => {
    response.end(JSON.stringify({ vulnerabilities: [] }))
  })
  const flask = { name: "flask", version: "1.0" }
  const asked = [flask, { name: "click", version: "2.0" }]
  expect([...(await registry.advisories("pypi", asked))]).toEqual([
    ["flask@1.0", [{ severity: "not rated", title: "PYSEC-1: It leaks", url: one.link }]],
  ])
  upstream.forgive()
  await expect(registry.advisories("pypi", [flask])).rejects.toThrow("nothing of that name")
})

test("packages named like what every object has, or not like packages, hide nobody's problems", async () => {
  const problem = { severity: "high", title: "It leaks", vulnerable_versions: "<2" }
  let asked = ""
  upstream.misbehave("/advisories/bulk", async (request, response) => {
    asked = await text(request)
    response.end(JSON.stringify({ left: [problem], constructor: [problem] }))
  })
  const names = ["constructor", "toString", "__proto__", "no name", "../up", "left"]
  const found = await registry.advisories(
    "npm",
    names.map((name) => ({ name, version: "1.0.0" })),
  )
  expect([...found.keys()]).toEqual(["constructor@1.0.0", "left@1.0.0"])
  expect(Object.keys(JSON.parse(asked))).toEqual(["constructor", "toString", "__proto__", "left"])
})

test("what is told of known problems is read up to a size, however much is sent", async () => {
  let sent = 0
  upstream.misbehave("/advisories/bulk", (_request, response) => {
    const more = () => {
      while (!response.destroyed && sent < 256 && response.write(Buffer.alloc(1024 * 1024))) sent++
    }
    response.on("drain", more)
    more()
  })
  const asked = registry.advisories("npm", [{ name: "left", version: "1.0.0" }])
  await expect(asked).rejects.toThrow("larger than 8 MiB")
  expect(sent).toBeLessThan(256)
})

test("an installation that asks too often, or fetches too much, is stopped", async () => {
  const often = await visited(registry, { requests: 1, bytes: 1e9 })
  await often.get("/left")
  expect((await often.say("/left")).status).toBe(429)
  const much = await visited(registry, { requests: 10, bytes: 10 })
  expect((await much.say("/left")).status).toBe(413)
})
