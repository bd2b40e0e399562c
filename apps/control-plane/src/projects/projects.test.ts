import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { isFault } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Ctx, Parts } from "../core/ctx.ts"
import { placeHold, releaseHold } from "../core/holds.ts"
import type { Phase } from "../core/phase.ts"
import type { Signal } from "../core/signals.ts"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { testTurn } from "../db/testing/test-turn.ts"
import { createProject } from "./create-project.ts"
import { deleteProject } from "./delete-project.ts"
import { commitFiles } from "./files.ts"
import { makeGit } from "./git.ts"
import { makeRepositories } from "./git-repository.ts"
import { hearOfProject } from "./hear-of-project.ts"
import { listProjects } from "./queries.ts"
import { nextStep, projectLoop } from "./reconcile-project.ts"
import type { Repositories } from "./repository.ts"
import { updateProject } from "./update-project.ts"

let db: TestDatabase
let org: SeededOrganization
let root: string
let repositories: Repositories
let parts: Parts & { repositories: Repositories }

beforeAll(async () => {
  db = await testDatabase()
  org = await createOrganization(db, { plan: "pro" })
  root = await mkdtemp(join(tmpdir(), "projects-"))
  const { scope, clock, newId } = db
  repositories = makeRepositories({ root, git: makeGit("git"), newId, now: () => clock.now() })
  parts = { scope, clock, newId, log: silentLog, repositories }
})
afterAll(async () => {
  await db.close()
  await rm(root, { recursive: true, force: true })
})

const act = <T>(action: (ctx: Ctx) => Promise<T>, who = org): Promise<T> =>
  db.scope({ organizationId: who.organizationId, actor: who.actor }, action)
const create = (name: string, who = org) =>
  act((ctx) => createProject(ctx, { name, preview: "private" }), who)
/** One turn of the loop on a project; answers whether there is more to do. */
async function turn(id: string): Promise<string> {
  const key = { organizationId: org.organizationId, id }
  const loop = projectLoop({ ...parts, due: async () => [key] })
  return (await loop.reconcile(await testTurn(db.adminPool, { loop: loop.name, key }))).kind
}
const all = async (sql: string, values: unknown[]) => (await db.adminPool.query(sql, values)).rows

test("a new project is empty, counted against the limit, audited and told to its watchers", async () => {
  const project = await create("Reading list")
  expect(project).toMatchObject({
    name: "Reading list",
    slug: "reading-list",
    state: "empty",
    version: 1,
  })
  const audit = await all(
    "select action, actor_name, details->>'about' as about from audit_records where subject = $1",
    [project.id],
  )
  expect(audit).toEqual([
    { action: "project.create", actor_name: org.actor.name, about: "Reading list" },
  ])
  const reserved = await all("select resource from quota_reservations where subject = $1", [
    project.id,
  ])
  expect(reserved).toEqual([{ resource: "projects" }])
  const events = await all(
    "select topic, kind from live_events where object_id = $1 order by sequence",
    [project.id],
  )
  expect(events).toEqual([
    { topic: `organization:${org.organizationId}`, kind: "project.changed" },
    { topic: `project:${project.id}`, kind: "project.changed" },
  ])
})

test("a name that is taken, even in another organization, gets another host", async () => {
  const other = await createOrganization(db)
  const first = await create("Same name")
  const second = await create("Same name")
  const third = await create("Same name", other)
  const slugs = [first.slug, second.slug, third.slug]
  expect(new Set(slugs).size).toBe(3)
  for (const slug of slugs) expect(slug).toMatch(/^same-name(-[a-z0-9]{4,7})?$/)
})

test("a failed creation leaves no project, no slug and no reservation", async () => {
  const failing = act(async (ctx) => {
    await createProject(ctx, { name: "Never made", preview: "public" })
    throw new Error("after")
  })
  await expect(failing).rejects.toThrow("after")
  expect(await all("select 1 from projects where name = $1", ["Never made"])).toEqual([])
  expect(await all("select 1 from hosts where host = $1", ["never-made"])).toEqual([])
})

test("an organization sees no project of another one", async () => {
  const other = await createOrganization(db)
  await create("Mine")
  expect(await act((ctx) => listProjects(ctx.db, firstPage(50)), other)).toEqual([])
})

test("the list is ordered by change, pages without gaps, filters and searches literally", async () => {
  const who = await createOrganization(db, { plan: "team" })
  const names = ["100% wool", "1000 wool", "beta", "gamma"]
  for (const name of names) await create(name, who)
  const page = await act((ctx) => listProjects(ctx.db, firstPage(3)), who)
  const last = page[2]
  const after = last && { updatedAt: last.updatedAt, id: last.id }
  const rest = await act((ctx) => listProjects(ctx.db, { ...firstPage(3), after }), who)
  expect([...page, ...rest].map((row) => row.name)).toEqual(names.toReversed())
  const found = await act((ctx) => listProjects(ctx.db, { ...firstPage(9), search: "0%" }), who)
  expect(found.map((row) => row.name)).toEqual(["100% wool"])
  expect(
    await act((ctx) => listProjects(ctx.db, { ...firstPage(9), state: "running" }), who),
  ).toEqual([])
})

test("of two changes based on one version the second is refused and changes nothing", async () => {
  const project = await create("Versioned")
  const change = (name: string) =>
    act((ctx) => updateProject(ctx, { id: project.id, ifMatch: 1, set: { name } }))
  expect((await change("First")).version).toBe(2)
  await expect(change("Second")).rejects.toSatisfy((error) => isFault(error, "version_mismatch"))
  expect(await all("select name from projects where id = $1", [project.id])).toEqual([
    { name: "First" },
  ])
})

test("what was observed of run and app becomes the state people see", async () => {
  const project = await create("Observed")
  const hear = (said: Signal) => act((ctx) => hearOfProject(ctx, project.id, said))
  const run = (phase: Phase, detail: string | null) =>
    hear({ child: "runs", phase, detail, about: "a goal", isNews: true })
  const app = (phase: Phase, detail: string | null) => hear({ child: "apps", phase, detail })
  const state = () =>
    all("select state, state_detail, goal, version from projects where id = $1", [project.id])
  await run("working", "1 of 3 tasks")
  expect(await state()).toEqual([
    { state: "working", state_detail: "1 of 3 tasks", goal: "a goal", version: 1 },
  ])
  await app("up", null)
  await run("none", null)
  expect(await state()).toMatchObject([{ state: "running", goal: "a goal" }])
  await app("crashed", "exit code 1")
  expect(await state()).toMatchObject([{ state: "crashed", state_detail: "exit code 1" }])
})

test("what an app does is no change of its project; a run that begins or ends, and a commit, are", async () => {
  const project = await create("Untouched")
  const hear = (said: Signal) => act((ctx) => hearOfProject(ctx, project.id, said))
  const run = (phase: Phase, detail: string | null) =>
    hear({ child: "runs", phase, detail, about: "a goal", isNews: true })
  const app = (phase: Phase, detail: string | null) => hear({ child: "apps", phase, detail })
  const changedAt = async () =>
    (await all("select updated_at::text as at from projects where id = $1", [project.id]))[0]?.at
  const born = await changedAt()
  await app("starting", null)
  await app("up", null)
  expect(await changedAt()).toBe(born)
  await run("working", "0 of 3 tasks")
  const begun = await changedAt()
  expect(begun).not.toBe(born)
  await run("working", "1 of 3 tasks")
  expect(await changedAt()).toBe(begun)
  await run("none", null)
  const ended = await changedAt()
  expect(ended).not.toBe(begun)
  const changes = [{ path: "a.txt", content: "a" }]
  const write = { projectId: project.id, parent: undefined, message: "By hand", changes }
  await act((ctx) => commitFiles(ctx, { repositories, saving: (save) => save() }, write))
  expect(await changedAt()).not.toBe(ended)
})

test("a project is deleted only under its own name", async () => {
  const project = await create("Careful")
  const wrong = act((ctx) => deleteProject(ctx, { id: project.id, name: "careful" }))
  await expect(wrong).rejects.toSatisfy(
    (error) => isFault(error, "invalid") && "/name" in (error.fields ?? {}),
  )
  expect(await all("select wanted from projects where id = $1", [project.id])).toEqual([
    { wanted: "present" },
  ])
})

test("a deleted project waits for its holders, then leaves no files, no row and no reservation", async () => {
  const project = await create("Doomed")
  const on = { loop: "projects", id: project.id } as const
  const hold = { on, by: { loop: "machines", id: "vm_x" } } as const
  await repositories.of(project.id).commit({
    parent: null,
    message: "1",
    author: "x",
    changes: [{ path: "a", content: Buffer.from("1") }],
  })
  await act((ctx) => placeHold(ctx, hold))
  await act((ctx) => deleteProject(ctx, { id: project.id, name: "Doomed" }))
  await act((ctx) => deleteProject(ctx, { id: project.id, name: "Doomed" }))

  expect(await turn(project.id)).toBe("working")
  expect(await repositories.list()).toContain(project.id)

  await act((ctx) => releaseHold(ctx, hold))
  expect(await turn(project.id)).toBe("done")
  expect(await repositories.list()).not.toContain(project.id)
  expect(await all("select 1 from projects where id = $1", [project.id])).toEqual([])
  expect(await all("select 1 from quota_reservations where subject = $1", [project.id])).toEqual([])
  expect(await turn(project.id)).toBe("done")
  const audit = await all("select action from audit_records where subject = $1 order by id", [
    project.id,
  ])
  expect(audit.map((row) => row.action)).toEqual([
    "project.create",
    "project.delete",
    "project.deleted",
  ])

  const again = await create("Doomed")
  expect(again.slug, "a slug is never used again").not.toBe(project.slug)
})

test("what is wanted present rests; what is to go waits for its holders and is then torn down", () => {
  const seen = (holders: number, ownerGoing = false) => ({ holders, ownerGoing })
  expect(nextStep({ wanted: "present" }, seen(3))).toEqual({ do: "rest", afterMs: null })
  expect(nextStep({ wanted: "present" }, seen(0, true))).toEqual({ do: "follow" })
  expect(nextStep({ wanted: "gone" }, seen(1))).toMatchObject({ do: "rest", afterMs: 5000 })
  expect(nextStep({ wanted: "gone" }, seen(0))).toEqual({ do: "tear-down" })
})

test("a turn that lost its lease tears nothing down", async () => {
  const project = await create("Kept")
  await act((ctx) => deleteProject(ctx, { id: project.id, name: "Kept" }))
  const key = { organizationId: org.organizationId, id: project.id }
  const loop = projectLoop({ ...parts, due: async () => [key] })
  const slept = await testTurn(db.adminPool, { loop: loop.name, key })
  await testTurn(db.adminPool, { loop: loop.name, key })
  await expect(loop.reconcile(slept)).rejects.toSatisfy((error) => isFault(error, "lease_lost"))
  expect(await all("select wanted from projects where id = $1", [project.id])).toEqual([
    { wanted: "gone" },
  ])
})

test("a teardown killed after the files were removed ends at the next turn", async () => {
  const project = await create("Interrupted")
  await act((ctx) => deleteProject(ctx, { id: project.id, name: "Interrupted" }))
  await repositories.remove(project.id)
  expect(await turn(project.id)).toBe("done")
  expect(await all("select 1 from projects where id = $1", [project.id])).toEqual([])
})

test("the project limit of a plan is refused with both numbers", async () => {
  const small = await createOrganization(db, { plan: "starter" })
  for (let n = 0; n < 10; n++) await create(`Project ${n}`, small)
  await expect(create("One more", small)).rejects.toSatisfy(
    (error) => isFault(error, "quota_exceeded") && /10/.test(error.say),
  )
})

const firstPage = (limit: number) => ({
  limit,
  after: undefined,
  state: undefined,
  search: undefined,
})
