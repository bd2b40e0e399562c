import { afterAll, beforeAll, expect, test } from "vitest"
import type { Ctx } from "../core/ctx.ts"
import { retireHosts, takeHost } from "../core/hosts.ts"
import { dueRows, placeOf, removeExpired, targetOfHost } from "./named-functions.ts"
import { createOrganization, type SeededOrganization } from "./testing/seed.ts"
import { type TestDatabase, testDatabase } from "./testing/test-database.ts"

let db: TestDatabase
let mine: SeededOrganization
beforeAll(async () => {
  db = await testDatabase()
  mine = await createOrganization(db)
})
afterAll(() => db.close())

async function addProject(set: { wanted?: string; state?: string } = {}): Promise<string> {
  const id = db.newId("prj")
  await db.adminPool.query(
    `insert into projects (id, organization_id, name, slug, preview, created_by, wanted, state)
     values ($1, $2, 'Reading list', $1, 'private', 'Mara', $3, $4)`,
    [id, mine.organizationId, set.wanted ?? "present", set.state ?? "running"],
  )
  return id
}

test("where an object is, is found without being in its organization", async () => {
  const { organizationId } = mine
  const projectId = await addProject()
  expect(await placeOf(db.database, "project", projectId)).toEqual({ organizationId, projectId })
  const around = { organizationId, projectId: null }
  expect(await placeOf(db.database, "organization", organizationId)).toEqual(around)
})

test("what does not exist is nowhere", async () => {
  for (const object of ["organization", "project", "run"] as const) {
    expect(await placeOf(db.database, object, "prj_none")).toBeUndefined()
  }
})

test("a host leads to its target, also after the target's row is gone, until it is retired", async () => {
  const as =
    (organizationId: string) =>
    <T>(action: (ctx: Ctx) => Promise<T>) =>
      db.scope({ organizationId, actor: mine.actor }, action)
  const target = { host: "reading-list", kind: "project", id: "prj_gone" } as const
  expect(await as(mine.organizationId)((ctx) => takeHost(ctx, target))).toBe(true)
  const found = { organizationId: mine.organizationId, kind: "project", id: "prj_gone" }
  expect(await targetOfHost(db.database, "reading-list")).toEqual(found)
  expect(await targetOfHost(db.database, "never-taken")).toBeUndefined()

  const theirs = as((await createOrganization(db)).organizationId)
  expect(await theirs((ctx) => takeHost(ctx, { ...target, id: "prj_theirs" }))).toBe(false)
  await theirs((ctx) => retireHosts(ctx, "prj_gone"))
  expect(await targetOfHost(db.database, "reading-list")).toEqual(found)
  const readHosts = { name: "test_hosts", text: "select host from hosts" }
  expect(await theirs((ctx) => ctx.db.query(readHosts, []))).toEqual([])
  for (const text of ["update hosts set target_id = 'prj_x'", "delete from hosts"]) {
    const change = as(mine.organizationId)((ctx) => ctx.db.query({ name: text, text }, []))
    await expect(change, text).rejects.toThrow("permission denied")
  }

  await as(mine.organizationId)((ctx) => retireHosts(ctx, "prj_gone"))
  expect(await targetOfHost(db.database, "reading-list")).toBeUndefined()
  expect(await as(mine.organizationId)((ctx) => takeHost(ctx, target))).toBe(false)
})

test("a project at rest is not due; one that is wanted gone or under way is", async () => {
  const atRest = await addProject()
  const gone = await addProject({ wanted: "gone", state: "deleting" })
  const working = await addProject({ state: "working" })
  const due = (await dueRows(db.database, "projects")).map(({ id }) => id)
  expect(due).not.toContain(atRest)
  expect(due).toEqual(expect.arrayContaining([gone, working]))
})

test("a machine that should run is due even when all seems well; a stopped one is not", async () => {
  const addMachine = async (wanted: string, state: string) => {
    const id = db.newId("vm")
    await db.adminPool.query(
      `insert into machines (id, organization_id, project_id, cpu_count, memory_mib, disk_mib, trust,
         wanted, state, reaches)
       values ($1, $2, $3, 1, 256, 512, 'untrusted', $4, $5, '[]')`,
      [id, mine.organizationId, await addProject(), wanted, state],
    )
    return { organizationId: mine.organizationId, id }
  }
  const running = await addMachine("running", "running")
  const stopping = await addMachine("stopped", "stopping")
  await addMachine("stopped", "stopped")
  const due = await dueRows(db.database, "machines")
  expect(due).toHaveLength(2)
  expect(due).toEqual(expect.arrayContaining([running, stopping]))
})

test("runs and tasks are due until they have ended", async () => {
  const project = await addProject()
  const addRun = async (number: number, state: string) => {
    const id = db.newId("run")
    await db.adminPool.query(
      `insert into runs (id, organization_id, project_id, number, goal, state, model_provider, model_id,
         model_simulated, model_label, started_by_id, started_by_name, tokens_max)
       values ($1, $2, $3, $4, 'A list', $5, 'offline', 'm', true, 'Offline', 'u', 'Mara', 1)`,
      [id, mine.organizationId, project, number, state],
    )
    return { organizationId: mine.organizationId, id }
  }
  const addTask = async (run: { id: string }, position: number, state: string) => {
    const id = db.newId("tsk")
    await db.adminPool.query(
      `insert into run_tasks (id, organization_id, run_id, position, role, title, instructions,
         depends_on, state) values ($1, $2, $3, $4, 'testing', 'Test', 'Test it', '[]', $5)`,
      [id, mine.organizationId, run.id, position, state],
    )
    return { organizationId: mine.organizationId, id }
  }
  await addRun(1, "succeeded")
  const queued = await addRun(2, "queued")
  const running = await addRun(3, "running")
  await addTask(running, 1, "succeeded")
  const checking = await addTask(running, 2, "checking")
  expect(await dueRows(db.database, "runs")).toEqual(expect.arrayContaining([queued, running]))
  expect(await dueRows(db.database, "runs")).toHaveLength(2)
  expect(await dueRows(db.database, "tasks")).toEqual([checking])
})

test("only the first person becomes an administrator by coming first; others are named", async () => {
  const claim = async (person: string, onlyFirst: boolean) => {
    const text = "select claim_platform_admin($1, $2) as now"
    const [row] = await db.database.asPlatform((tx) =>
      tx.query<{ now: boolean }>({ name: "test_claim", text }, [person, onlyFirst]),
    )
    return row?.now
  }
  const firsts = await Promise.all(["a", "b", "c"].map((person) => claim(person, true)))
  expect(firsts.filter(Boolean)).toHaveLength(1)
  expect(await claim("d", false)).toBe(true)
})

test("what is past its time is removed, the rest stays", async () => {
  const { organizationId } = mine
  await db.adminPool.query(
    `insert into idempotency_keys (organization_id, actor_id, route, key, body_hash, created_at)
     values ($1, 'u', 'r', 'old', 'h', now() - interval '25 hours'), ($1, 'u', 'r', 'new', 'h', now())`,
    [organizationId],
  )
  await db.adminPool.query(
    `insert into live_events (organization_id, topic, kind, object_id, created_at)
     values ($1, 't', 'run.step', 'x', now() - interval '25 hours'), ($1, 't', 'run.step', 'y', now())`,
    [organizationId],
  )
  const removed = await removeExpired(db.database, db.clock.now())
  expect(removed).toMatchObject({ idempotencyKeys: 1, previewCodes: 0 })
  // An event goes as soon as no open transaction, also of another test, is older than it.
  let events = removed.liveEvents
  while (events === 0) events = (await removeExpired(db.database, db.clock.now())).liveEvents
  expect(events).toBe(1)
  const { rows } = await db.adminPool.query(
    "select key as kept from idempotency_keys union all select object_id from live_events",
  )
  expect(rows).toEqual([{ kept: "new" }, { kept: "y" }])
})
