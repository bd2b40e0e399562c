import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { draftsOfProject, findDraft } from "../machines/index.ts"
import type { MachineSession } from "./sessions.ts"
import { startMachineAndApps } from "./start-app.ts"
import { notesApp } from "./testing/apps.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"
import { push } from "./testing/push.ts"
import { openDraft } from "./testing/sign-in.ts"

let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world?.close())

const { signal } = new AbortController()
const open = (projectId: IdOf<"project">, draftOf = "run_1"): Promise<MachineSession> =>
  world.server.apps.sessions.session({
    ...{ organizationId: world.org.organizationId, projectId, draftOf, trust: "untrusted", signal },
  })
const by = { loop: "runs", id: "run_1" } as const

/** A live app with one note in it. */
async function liveNotes(name: string) {
  const { id, slug } = await world.project(name)
  const commit = await world.push(id, { "server.js": notesApp })
  await world.run(id, commit)
  await world.get(slug, "/notes", { method: "POST", body: "Dune" })
  return { id, slug, commit }
}
const visitorsNotes = async (slug: string) => (await world.get(slug, "/notes")).body

test("agents work on a copy of the data, and visitors see nothing of it", async () => {
  const { id, slug } = await liveNotes("Copy")
  const session = await open(id)
  const better = notesApp.replace("<h1>Notes</h1>", "<h1>Better notes</h1>")
  expect(await session.startApp(await world.push(id, { "server.js": better }))).toMatchObject({
    running: true,
  })
  const page = (path: string, method = "GET", body?: string) =>
    session.fetchPage({ method, path, timeoutMs: 5000, ...(body ? { body } : {}) })
  expect((await page("/notes")).body).toBe('["Dune"]')
  await page("/notes", "POST", "Written by an agent")
  expect((await page("/")).body).toBe("<h1>Better notes</h1>")
  expect((await world.get(slug)).body).toBe("<h1>Notes</h1>")
  expect(await visitorsNotes(slug)).toBe('["Dune"]')
})

test("where people keep their data from agents, a draft begins without any", async () => {
  const { id, slug, commit } = await liveNotes("Kept")
  const { adminPool } = world.db
  await adminPool.query("update projects set draft_data = 'none' where id = $1", [id])
  const session = await open(id)
  await session.startApp(commit)
  const { body } = await session.fetchPage({ method: "GET", path: "/notes", timeoutMs: 5000 })
  expect(body).toBe("[]")
  expect(await visitorsNotes(slug)).toBe('["Dune"]')
})

test("a first version has a live machine beside its draft, and each session the same draft", async () => {
  const { id } = await world.project("First")
  await open(id)
  await open(id)
  expect(await world.act((ctx) => draftsOfProject(ctx.db, id))).toHaveLength(1)
  await world.until(id, { machine: { state: "running", purpose: "live" } })
  expect(await world.app(id)).toBeUndefined()
})

test("the worst command of an agent leaves the live app and its data as they are", async () => {
  const { id, slug } = await liveNotes("Worst")
  const session = await open(id)
  await session.checkout(null)
  const worst = "rm -rf /data/* /data/.[!.]* /tmp/app; kill -9 -1"
  // It may take its own machine along.
  await session.run(["sh", "-c", worst], { timeoutMs: 10_000, signal }).catch(() => {})
  expect(await visitorsNotes(slug)).toBe('["Dune"]')
  expect(await world.row(id)).toMatchObject({ state: "running", restarted: 0 })
})

test("a draft that was given back is there again for the next session, with its data and its app", async () => {
  const { id, commit } = await liveNotes("Back")
  const { sessions } = world.server.apps
  const of = { projectId: id, by }
  const session = await open(id)
  await session.startApp(commit)
  await session.fetchPage({ method: "POST", path: "/notes", body: "An agent's", timeoutMs: 5000 })
  await world.act((ctx) => sessions.stopDraft(ctx, of))
  const drafts = () => world.act((ctx) => draftsOfProject(ctx.db, id))
  await expect.poll(drafts, { timeout: 20_000 }).toMatchObject([{ state: "stopped" }])
  expect(await world.act((ctx) => sessions.draftSince(ctx, of))).toBeUndefined()
  const again = await open(id)
  await again.startApp(commit)
  const { body } = await again.fetchPage({ method: "GET", path: "/notes", timeoutMs: 5000 })
  expect(body).toBe('["Dune","An agent\'s"]')
})

test("each of two drafts of a project has its host and its branch, and says of itself how it ended", async () => {
  const { id, slug, commit } = await liveNotes("Candidates")
  const { organizationId } = world.org
  const { sessions } = world.server.apps
  const candidate = async (text: string) => {
    const draftOf = world.db.newId("run")
    const branch = { name: draftOf, from: commit }
    const of = { organizationId, projectId: id, draftOf }
    await open(id, draftOf)
    const show = async (source: string) => {
      await push(world.repositories, [id, branch], { "server.js": source })
      await sessions.follow({ ...of, branch, signal })
    }
    await show(notesApp.replace("<h1>Notes</h1>", `<h1>${text}</h1>`))
    const { label, cookie } = await openDraft(world, of)
    const look = () => world.get(label, "/", { headers: { cookie, accept: "text/html,*/*" } })
    return {
      ...{ of, show, label, cookie },
      body: async () => (await look()).body.split("\n")[0],
      look,
    }
  }
  const [one, other] = [await candidate("One"), await candidate("Other")]
  expect([await one.body(), await other.body()]).toEqual(["<h1>One</h1>", "<h1>Other</h1>"])
  expect((await world.get(slug)).body).toBe("<h1>Notes</h1>")
  const { status } = await world.get(one.label, "/", { headers: { cookie: other.cookie } })
  expect(status).toBe(401)

  await one.show("process.exit(3)")
  const crashed = await one.look()
  expect(crashed.status).toBe(502)
  expect(crashed.body).toContain("Restart it, or ask for a repair, in its project.")
  expect(crashed.body).toContain(`http://localhost:3000/projects/${id}`)
  await one.show(notesApp.replace("<h1>Notes</h1>", "<h1>Mended</h1>"))
  const by = { loop: "runs", id: one.of.draftOf } as const
  await world.act((ctx) => sessions.stopDraft(ctx, { projectId: id, by }))
  const rests = async () => (await one.look()).body
  await expect.poll(rests, { timeout: 20_000 }).toContain("Start it in its project.")
  expect(await other.body()).toBe("<h1>Other</h1>")
  const draft = await world.act(({ db }) => findDraft(db, one.of))
  const machineId = draft?.id ?? "vm_"
  await world.act((ctx) => startMachineAndApps(ctx, { machineId, newest: commit }))
  await expect.poll(one.body, { timeout: 20_000 }).toBe("<h1>Mended</h1>")
})

test("a draft and its copy are gone when its run ends, and the next run gets a copy of its own", async () => {
  const { id, slug } = await liveNotes("Ends")
  await open(id)
  const [draft] = await world.act((ctx) => draftsOfProject(ctx.db, id))
  await world.act((ctx) => world.server.apps.sessions.endDraft(ctx, { projectId: id, by }))
  const gone = async () =>
    world.act(async (ctx) =>
      ctx.db.query({ name: "m", text: "select 1 from machines where id = $1" }, [draft?.id]),
    )
  await expect.poll(gone, { timeout: 20_000 }).toEqual([])
  await world.get(slug, "/notes", { method: "POST", body: "Emma" })
  const session = await open(id, "run_2")
  await session.startApp(await world.push(id, { "server.js": notesApp, "readme.md": "x" }))
  const { body } = await session.fetchPage({ method: "GET", path: "/notes", timeoutMs: 5000 })
  expect(body).toBe('["Dune","Emma"]')
})

test("what was proved on a draft takes the live app's place when it is promoted, with the visitors' data", async () => {
  const { id, slug } = await liveNotes("Promoted")
  const session = await open(id)
  const commit = await world.push(id, {
    "server.js": notesApp.replace("<h1>Notes</h1>", "<h1>Better notes</h1>"),
  })
  await session.startApp(commit)
  await session.fetchPage({ method: "POST", path: "/notes", body: "An agent's", timeoutMs: 5000 })
  await world.get(slug, "/notes", { method: "POST", body: "Emma" })
  const of = { projectId: id, commit, by }
  const { sessions } = world.server.apps
  await world.act((ctx) => sessions.promote(ctx, of))
  const seen = () => world.act((ctx) => sessions.promotion(ctx, of))
  await expect.poll(seen, { timeout: 20_000 }).toEqual({ is: "done" })
  expect((await world.get(slug)).body).toBe("<h1>Better notes</h1>")
  expect(await visitorsNotes(slug)).toBe('["Dune","Emma"]')
})

test("a promotion that fails says why, and the live app goes on", async () => {
  const { id, slug } = await liveNotes("Fails")
  await open(id)
  const commit = await world.push(id, { "server.js": "process.exit(9)" })
  const of = { projectId: id, commit, by }
  const { sessions } = world.server.apps
  await world.act((ctx) => sessions.promote(ctx, of))
  const seen = () => world.act((ctx) => sessions.promotion(ctx, of))
  await expect
    .poll(seen, { timeout: 20_000 })
    .toMatchObject({ is: "failed", why: expect.stringMatching(/exit code 9/) })
  expect(await visitorsNotes(slug)).toBe('["Dune"]')
})
