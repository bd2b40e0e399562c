import { request } from "node:http"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { AppRow } from "./app.ts"
import { takePass } from "./gate-passes.ts"
import { updateApp } from "./queries.ts"
import { startApp } from "./start-app.ts"
import { get } from "./testing/http-get.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"
import { notes, spoil } from "./testing/notes-app.ts"

const patient = { timeout: 20_000 }
let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world?.close())

async function running(name: string) {
  const { id, slug } = await world.project(name)
  await world.run(id, await world.push(id, { "server.js": notes("one") }))
  return { id, slug }
}

const ask = (projectId: IdOf<"project">, commit: string) =>
  world.act((ctx) => startApp(ctx, { projectId, commit, trust: "untrusted" }))

/**
 * Writes notes through a server, one after the other, until told to stop; answers what was answered
 * "kept".
 */
function visitor(slug: string, { port } = world.server) {
  const kept: string[] = []
  const refused: string[] = []
  let going = true
  const visit = async () => {
    for (let n = 0; going; n++) {
      const body = `note ${n} by ${port}`
      const answer = await get(port, slug, "/", { method: "POST", body })
      if (answer.body === "kept") kept.push(body)
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

test("a version takes the place of another without a refused visit or a lost note, on any server", async () => {
  const second = await world.startServer()
  const { id, slug } = await running("Follows")
  const writers = [visitor(slug), visitor(slug, second)]
  const least = () => Math.min(...writers.map(({ kept }) => kept.length))
  for (const version of ["two", "three"]) {
    const then = least()
    await expect.poll(least, patient).toBeGreaterThan(then + 10)
    const commit = await world.push(id, { "server.js": notes(version) })
    await ask(id, commit)
    await world.until(id, { app: { state: "running", commit, phase: "settled" } })
  }
  const then = least()
  await expect.poll(least, patient).toBeGreaterThan(then + 10)
  const all = await Promise.all(writers.map((writer) => writer.leave()))
  expect(all.flatMap(({ refused }) => refused)).toEqual([])
  expect((await notesOf(slug)).sort()).toEqual(all.flatMap(({ kept }) => kept).sort())
  expect((await get(second.port, slug)).body).toBe("three")
  await second.stop()
})

test("a version waits for the visits of a server that is away only as long as its pass lasts", async () => {
  const { id } = await running("Away")
  const pass = { organizationId: world.org.organizationId, projectId: id, server: "away" }
  await world.act((ctx) => takePass(ctx.db, { ...pass, forMs: 1500 }))
  const expiresAt = Date.now() + 1500
  const commit = await world.push(id, { "server.js": notes("two") })
  await ask(id, commit)
  await world.until(id, { app: { state: "running", commit, phase: "settled" } })
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt)
})

test("while another version takes its place, no server is given a pass to an app", async () => {
  const { id } = await running("Closed")
  const pass = { organizationId: world.org.organizationId, projectId: id, server: "one" }
  const asked = (set: Partial<AppRow>) =>
    world.act(async (ctx) => {
      await updateApp(ctx.db, (await world.app(id))?.id ?? "app_none", set)
      return takePass(ctx.db, { ...pass, forMs: 1000 })
    })
  expect(await asked({ phase: "switching", state: "starting" })).toBe(false)
  expect(await asked({ phase: "returning", state: "running" })).toBe(false)
  expect(await asked({ phase: "switching", state: "crashed" })).toBe(true)
  expect(await asked({ phase: "settled", state: "running" })).toBe(true)
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
