import { request } from "node:http"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startApp } from "./start-app.ts"
import { get } from "./testing/http-get.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"

const patient = { timeout: 20_000 }
let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world?.close())

/**
 * Keeps each note on a line of its own before it answers. `begin` runs before it listens, as a
 * migration would.
 */
const notes = (version: string, begin = "") => `
const http = require("node:http"), fs = require("node:fs"), path = require("node:path")
const file = path.join(process.env.DATA_DIR, "notes.txt")
fs.appendFileSync(file, "")
${begin}
http.createServer((req, res) => {
  if (req.method === "POST") req.on("data", (c) => fs.appendFileSync(file, c + "\\n")).on("end", () => res.end("kept"))
  else if (req.url === "/notes") res.end(fs.readFileSync(file))
  else if (req.url === "/events") { res.writeHead(200, { "content-type": "text/event-stream" }); res.write("data: one\\n\\n") }
  else ${version === "breaks" ? "res.writeHead(500).end()" : `res.end(${JSON.stringify(version)})`}
}).listen(process.env.PORT, process.env.HOST)
`
const spoil = 'fs.appendFileSync(file, "spoilt\\n");'

async function running(name: string) {
  const { id, slug } = await world.project(name)
  await world.run(id, await world.push(id, { "server.js": notes("one") }))
  return { id, slug }
}

const ask = (projectId: IdOf<"project">, commit: string) =>
  world.act((ctx) => startApp(ctx, { projectId, commit, trust: "untrusted" }))

/** Writes notes, one after the other, until told to stop; answers what was answered "kept". */
function visitor(slug: string) {
  const kept: string[] = []
  const refused: string[] = []
  let going = true
  const visit = async () => {
    for (let n = 0; going; n++) {
      const answer = await world.get(slug, "/", { method: "POST", body: `note ${n}` })
      if (answer.body === "kept") kept.push(`note ${n}`)
      else refused.push(`${answer.status} ${answer.body}`)
    }
  }
  const over = visit()
  return {
    kept,
    async leave() {
      going = false
      await over
      return { kept, refused }
    },
  }
}

const notesOf = async (slug: string) =>
  (await world.get(slug, "/notes")).body.split("\n").filter(Boolean)

test("a version takes the place of another without a refused visit or a lost note", async () => {
  const { id, slug } = await running("Follows")
  const writer = visitor(slug)
  await expect.poll(() => writer.kept.length, patient).toBeGreaterThan(10)
  const commit = await world.push(id, { "server.js": notes("two") })
  await ask(id, commit)
  await world.until(id, { app: { state: "running", commit, phase: "settled" } })
  const then = writer.kept.length
  await expect.poll(() => writer.kept.length, patient).toBeGreaterThan(then + 10)
  const { kept, refused } = await writer.leave()
  expect(refused).toEqual([])
  expect(await notesOf(slug)).toEqual(kept)
  expect((await world.get(slug)).body).toBe("two")
})

test.each([
  ["ends at once", notes("two", `${spoil} process.exit(4)`), /ended with exit code 4/],
  ["answers its first page with 500", notes("breaks", spoil), /first page answered 500/],
  ["has nothing to start", null, /nothing to start/],
])("a version that %s is taken back, and every note is kept", async (_, program, why) => {
  const { id, slug } = await running("Falls")
  const before = (await world.app(id))?.commit ?? null
  const writer = visitor(slug)
  await expect.poll(() => writer.kept.length, patient).toBeGreaterThan(5)
  const broken = await world.push(id, { "server.js": program, "readme.md": "x" })
  await ask(id, broken)
  await world.until(id, { app: { state: "running", commit: before, commitRefused: broken } })
  const { kept, refused } = await writer.leave()
  expect(refused).toEqual([])
  expect(await notesOf(slug)).toEqual(kept)
  expect(await world.app(id)).toMatchObject({ commitWanted: broken, phase: "settled" })
  expect((await world.app(id))?.failure).toMatch(why)
  const mended = await world.push(id, { "server.js": notes("mended") })
  await world.run(id, mended)
  expect(await world.app(id)).toMatchObject({ failure: null, commitProved: mended })
})

test("asking again for a version that was taken back tries it again", async () => {
  const { id, slug } = await running("Again")
  // The second time it finds what the first left behind, outside of its data.
  const once = `const seen = "/tmp/seen"; if (!fs.existsSync(seen)) { fs.writeFileSync(seen, ""); process.exit(4) }`
  const commit = await world.push(id, { "server.js": notes("two", once) })
  await ask(id, commit)
  await world.until(id, { app: { state: "running", commitRefused: commit } })
  await ask(id, commit)
  await world.until(id, { app: { state: "running", commit, commitRefused: null } })
  expect((await world.get(slug)).body).toBe("two")
})

test("a stream of events does not keep a version from taking its place", async () => {
  const { id, slug } = await running("Streams")
  const stream = await openEvents(slug)
  const commit = await world.push(id, { "server.js": notes("two") })
  await ask(id, commit)
  const settled = world.until(id, { app: { state: "running", commit } }, 4500)
  await Promise.all([settled, stream.ended])
  expect((await world.get(slug)).body).toBe("two")
})

test("wherever the server dies in a change that fails, the version before it runs with its data", async () => {
  await world.stopServers()
  let server = await world.startServer()
  const { id, slug } = await running("Dies")
  await get(server.port, slug, "/", { method: "POST", body: "first" })
  const before = (await world.app(id))?.commit ?? null
  for (let writes = 0; writes < 9; writes++) {
    await server.stop()
    const dying = await world.startServer({ diesAfter: writes })
    const program = notes("two", `${spoil} process.exit(4)`)
    const broken = await world.push(id, { "server.js": program, "again.txt": String(writes) })
    await ask(id, broken)
    await Promise.race([dying.dead, world.until(id, { app: { commitRefused: broken } })])
    await dying.stop()
    server = await world.startServer()
    const back = {
      state: "running",
      phase: "settled",
      commit: before,
      commitRefused: broken,
    } as const
    await world.until(id, { app: back })
    expect((await get(server.port, slug, "/notes")).body).toBe("first\n")
  }
}, 120_000)

/** A stream of events whose first one has come. */
function openEvents(slug: string): Promise<{ ended: Promise<void> }> {
  const { port } = world.server
  const headers = { host: `${slug}.preview.localhost` }
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: "127.0.0.1", path: "/events", headers }, (answer) => {
      const ended = new Promise<void>((end) => answer.once("close", () => end()))
      answer.on("error", () => {})
      answer.once("data", () => resolve({ ended }))
    })
    outgoing.on("error", reject)
    outgoing.end()
  })
}
