import { stat } from "node:fs/promises"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import {
  lockedFiles,
  type PublicRegistry,
  publicRegistry,
} from "@vibecaas/registry/testing/public-registry"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { PackageFiles } from "./ecosystem.ts"
import { anySignal, type PackageWorld, packageWorld } from "./testing/package-world.ts"

let upstream: PublicRegistry
let world: PackageWorld
beforeAll(async () => {
  upstream = await publicRegistry()
  upstream.publish(
    { name: "one", version: "1.0.0", dependencies: { "@deep/two": "^2.0.0" } },
    { name: "@deep/two", version: "2.1.0", scripts: { postinstall: "touch /data/ran" } },
    { name: "forged", version: "1.0.0" },
    { name: "tool", version: "3.0.0", bin: { tool: "index.js" }, files: { "index.js": tool } },
  )
  world = await packageWorld(upstream.base)
})
afterEach(() => upstream.forgive())
afterAll(async () => {
  await world?.close()
  await upstream?.close()
})

const tool = `#!/usr/bin/env node
require("node:fs").mkdirSync("dist/sub", { recursive: true })
require("node:fs").writeFileSync("dist/sub/page.html", "built of " + require("one"))
`
const add = (names: string[], given: object = {}) => ({
  ...{ add: names, remove: [], dev: false, signal: anySignal, print: () => {} },
  ...given,
})
const newId = makeNewId(systemClock)
const newProject = () => newId("prj")

/** A project with packages that were really installed. */
async function projectWith(names: string[], files: Record<string, string> = {}) {
  const projectId = newProject()
  const commit = await world.push(projectId, { "README.md": "Mine", ...files })
  const changed = await world.packages.change({ projectId, commit }, add(names))
  const pushed = await world.push(projectId, {
    ...files,
    ...changed.files,
  })
  return { projectId, commit: pushed, changed }
}

const manifestOf = ({ files }: { files: PackageFiles }) => files["package.json"] ?? ""
const main = "import one from 'one'; import { createRequire } from 'node:module'; console.log(one)"

test("packages by name come in with what they need, and the files say so", async () => {
  const { changed, ...of } = await projectWith(["one@^1.0.0"], { "main.mjs": main })
  expect(changed.direct).toEqual([{ name: "one", version: "1.0.0" }])
  expect(changed.count).toBe(2)
  expect(JSON.parse(manifestOf(changed)).dependencies).toEqual({ one: "^1.0.0" })
  expect(changed.files["package-lock.json"]).toContain(
    "https://registry.npmjs.org/one/-/one-1.0.0.tgz",
  )
  expect(changed.files["package-lock.json"]).not.toContain("127.0.0.1")
  expect(await world.packages.look(of)).toEqual({ is: "ready" })

  const guest = await world.machine()
  await guest.writeFiles([{ path: "/workspace/main.mjs", content: Buffer.from(main) }])
  await world.packages.use(guest, { ...of, folder: "/workspace", built: false })
  const { stdout, stderr } = await guest.exec(["node", "main.mjs"])
  expect(`${stdout}${stderr}`).toBe("1.0.0\n")
})

test("a lock file alone is enough, scripts of packages do not run, and all share one layer", async () => {
  const { changed, ...first } = await projectWith(["one"])
  const { files } = changed
  const other = await packageWorld(upstream.base)
  try {
    const projectId = newProject()
    const commit = await other.push(projectId, files)
    expect(await other.packages.look({ projectId, commit })).toMatchObject({ is: "missing" })
    await other.packages.prepare({ projectId, commit }, anySignal)
    const guest = await other.machine()
    await other.packages.use(guest, { projectId, commit, folder: "/workspace", built: true })
    const script = "cat node_modules/one/package.json; ls /data; touch node_modules/one/x"
    const { stdout, stderr } = await guest.exec(["sh", "-c", script])
    expect(String(stdout)).toContain('"version":"1.0.0"')
    expect(String(stdout)).not.toContain("ran")
    expect(String(stderr)).toMatch(/read-only|denied/i)
    expect(await other.host.list()).toHaveLength(1)
    expect(await other.again().look({ projectId, commit })).toEqual({ is: "ready" })
  } finally {
    await other.close()
  }
  const projectId = newProject()
  const asked = upstream.seen.length
  const commit = await world.push(projectId, { ...files, "other.js": "" })
  expect(await world.packages.look({ projectId, commit })).toEqual({ is: "ready" })
  expect(upstream.seen.length).toBe(asked)
  expect(first.commit).not.toBe(commit)
})

test("layers cannot be listed from inside, and only readable files are in them", async () => {
  await projectWith(["one"])
  const guest = await world.machine()
  const script = "ls /opt/vm/layers; find /opt/vm/layers -name one; echo end"
  const { stdout } = await guest.exec(["sh", "-c", script])
  expect(String(stdout)).toBe(
    process.getuid?.() === 0 ? "/opt/vm/layers\nend\n".slice(15) : "end\n",
  )
  expect((await stat(`${world.dir}/layers/trees`)).mode & 0o004).toBe(0)
})

test("what the script build makes is kept, and there where the app starts", async () => {
  const { changed, ...of } = await projectWith(["one", "tool"], {})
  const manifest = JSON.parse(manifestOf(changed))
  manifest.scripts = { build: "tool" }
  const commit = await world.push(of.projectId, { "package.json": JSON.stringify(manifest) })
  const built = { ...of, commit }
  await world.packages.prepare(built, anySignal)
  const guest = await world.machine()
  await world.packages.use(guest, { ...built, folder: "/workspace", built: true })
  expect(String(await guest.readFile("/workspace/dist/sub/page.html", 100))).toBe("built of 1.0.0")
  expect(await world.packages.look(built)).toEqual({ is: "ready" })
})

test("a registry that is away for a moment is asked again, and what waits for it says so", async () => {
  const away = { name: "away", version: "1.0.0" }
  upstream.publish(away)
  const projectId = newProject()
  const of = { projectId, commit: await world.push(projectId, lockedFiles([away])) }
  upstream.misbehave("/away", (_request, response) => void response.writeHead(503).end())
  const prepared = world.packages.prepare(of, anySignal)
  const doing = async () => {
    const seen = await world.packages.look(of)
    return "doing" in seen ? seen.doing : seen.is
  }
  await expect.poll(doing).toMatch(/answered 503.*tried again after/)
  upstream.forgive()
  await prepared
  expect(await world.packages.look(of)).toEqual({ is: "ready" })
})

test("what cannot be installed says why, in the registry's words", async () => {
  const projectId = newProject()
  const commit = null
  const change = (...names: string[]) => world.packages.change({ projectId, commit }, add(names))
  await expect(change("missing")).rejects.toMatchObject({
    say: expect.stringContaining("no package missing"),
  })
  await expect(change("one@7")).rejects.toMatchObject({ say: expect.stringContaining("one@7") })
  upstream.misbehave("-/forged-1.0.0.tgz", (_request, response) => void response.end("other bytes"))
  await expect(change("forged")).rejects.toMatchObject({
    code: "packages_failed",
    say: expect.stringContaining("not those that its registry published"),
  })
})

test("files that name packages without saying which, or from elsewhere, are not installed", async () => {
  const projectId = newProject()
  const manifest = JSON.stringify({ dependencies: { one: "1" } })
  const lock = (said: object) => ({ "package-lock.json": JSON.stringify(said) })
  const one = (said: object) => lock({ lockfileVersion: 3, packages: { "node_modules/one": said } })
  const resolved = "https://registry.npmjs.org/one/-/one-1.0.0.tgz"
  const cases: [string, Record<string, string>][] = [
    ["no package-lock.json", {}],
    ["old form", lock({ lockfileVersion: 1, packages: {} })],
    ["not what npm can read", { "package-lock.json": "{" }],
    ["comes from git+ssh", one({ resolved: "git+ssh://git@x/one.git#1" })],
    ["is a folder of the project", one({ link: true, resolved: "one" })],
    ["which bytes", one({ version: "1.0.0", resolved })],
  ]
  for (const [words, files] of cases) {
    const commit = await world.push(projectId, { "package.json": manifest, ...files })
    await expect(world.packages.prepare({ projectId, commit }, anySignal)).rejects.toMatchObject({
      code: "packages_failed",
      say: expect.stringContaining(words),
    })
  }
})

test("during an installation nothing but packages is reached from inside", async () => {
  await world.tasks.of("somebody").use(anySignal, async (guest) => {
    const visit = world.registry.visit("npm", { requests: 50, bytes: 1e6 })
    const door = await guest.openDoor((connection) => visit.connect(connection))
    const { stdout } = await guest.exec(["node", "-e", tryAll, String(door.port), upstream.base])
    expect(JSON.parse(String(stdout))).toEqual({
      package: 200,
      upstreamItself: "no",
      metadata: "no",
      metadataByProxy: "no",
      otherPath: 404,
      write: 405,
    })
    visit.close()
    door.close()
  })
  expect(await world.host.list()).not.toContain("vm_")
})

const tryAll = `
const [port, upstream] = process.argv.slice(1)
const { connect } = require("node:net")
const http = (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(3000) }).then((it) => it.status, () => "no")
const raw = (line) => new Promise((resolve) => {
  const socket = connect(Number(port), "127.0.0.1", () => socket.write(line + " HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n"))
  let answer = ""
  socket.on("data", (bytes) => { answer += bytes }).on("error", () => {}).on("close", () => resolve(/ 200 /.test(answer) ? "yes" : "no"))
})
;(async () => {
  const here = "http://127.0.0.1:" + port
  console.log(JSON.stringify({
    package: await http(here + "/one"),
    upstreamItself: await http(upstream + "one"),
    metadata: await http("http://169.254.169.254/latest/meta-data"),
    metadataByProxy: await raw("CONNECT 169.254.169.254:80"),
    otherPath: await http(here + "/-/whoami"),
    write: await http(here + "/one", { method: "PUT", body: "{}" }),
  }))
})()
`
