import { createServer } from "node:http"
import { afterEach, beforeEach, expect, test } from "vitest"
import { plenty, type RegistryWorld, registryWorld } from "./testing/registry-world.ts"
import { sha256Of } from "./testing/wheels.ts"

let world: RegistryWorld
beforeEach(async () => {
  world = await registryWorld()
})
afterEach(() => world.close())

const visit = () => world.visited(world.registry, plenty, "pypi")
const wheel = "flask-1.0-py3-none-any.whl"

/** What the index says of flask: files, given as it lists them. */
const indexSays = (...files: object[]) =>
  world.upstream.misbehave("/simple/flask", (_request, response) => {
    response.end(JSON.stringify({ meta: { "api-version": "1.0" }, name: "flask", files }))
  })
const listed = (about: object = {}) => ({
  filename: wheel,
  url: `${world.upstream.base}wheels/flask/${wheel}`,
  hashes: { sha256: sha256Of("flask") },
  ...about,
})

test("an index of HTML, or of a form that is none, is not read, whatever type it claims", async () => {
  for (const words of [
    `<!doctype html><a href="http://169.254.169.254/${wheel}#sha256=${sha256Of("flask")}">${wheel}</a>`,
    "{",
    "[]",
    '{"files":7}',
  ]) {
    world.upstream.misbehave("/simple/flask", (_request, response) => {
      response.setHeader("content-type", "application/vnd.pypi.simple.v1+json")
      response.end(words)
    })
    const { say } = await visit()
    expect({ words, status: (await say("/simple/flask/")).status }).toEqual({ words, status: 502 })
  }
})

test("a file that an index has at a private address, or redirects to one, is not fetched", async () => {
  const port = await world.listen(createServer((_request, response) => response.end("flask")))
  const places = [
    "http://169.254.169.254/latest/meta-data",
    `http://127.0.0.1:${port}/${wheel}`,
    `http://[::1]:${port}/${wheel}`,
    "http://10.0.0.1/flask.whl",
    "file:///etc/passwd",
    `//127.0.0.1:${port}/${wheel}`,
  ]
  for (const url of places) {
    indexSays(listed({ url }))
    world.clock.advance(10 * 60_000)
    const { status, error } = await (await visit()).say(`/files/flask/${wheel}`)
    expect({ url, status }).toEqual({ url, status: 403 })
    expect(error).toContain("where we do not go")
  }
  world.upstream.forgive()
  for (const location of places) {
    world.upstream.misbehave("/wheels/", (_request, response) => {
      response.writeHead(302, { location }).end()
    })
    world.clock.advance(10 * 60_000)
    const { status } = await (await visit()).say(`/files/flask/${wheel}`)
    expect({ location, status }).toEqual({ location, status: 403 })
  }
})

test("a file of another name, without a hash or with a forged one, is not answered", async () => {
  indexSays(
    listed({ filename: "../../etc/passwd" }),
    listed({ filename: "a-1.0.whl", hashes: {} }),
    listed({ filename: "b-1.0.whl", hashes: { sha256: "short" } }),
    listed({ filename: "__proto__" }),
    listed({ filename: "c-1.0.whl", hashes: { sha256: "a".repeat(64) } }),
  )
  const { get, say } = await visit()
  for (const [file, status] of [
    [wheel, 404],
    ["..%2f..%2fetc%2fpasswd", 404],
    ["a-1.0.whl", 404],
    ["b-1.0.whl", 404],
    ["__proto__", 404],
    ["constructor", 404],
    ["c-1.0.whl", 403],
  ] as const) {
    expect({ file, status: (await get(`/files/flask/${file}`)).status }).toEqual({ file, status })
  }
  expect((await say("/files/flask/c-1.0.whl")).error).toContain("not those that its registry")
})

test("a file that was published anew with other bytes keeps the first promise", async () => {
  const { get, say } = await visit()
  await get("/simple/flask/")
  indexSays(listed({ hashes: { sha256: sha256Of("evil") } }))
  world.upstream.misbehave("/wheels/", (_request, response) => void response.end("evil"))
  world.clock.advance(10 * 60_000)
  const { files } = JSON.parse(String((await get("/simple/flask/")).bytes))
  expect(files[0].hashes.sha256).toBe(sha256Of("flask"))
  expect((await say(`/files/flask/${wheel}`)).status).toBe(403)
})
