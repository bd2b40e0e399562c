import type { IdOf } from "@vibecaas/contract/kinds"
import type { Version } from "@vibecaas/contract/version"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startApp } from "../../apps/start-app.ts"
import { commitFiles, createProject } from "../../projects/index.ts"
import { startRun } from "../start-run.ts"
import { type AgentsWorld, agentsWorld } from "../testing/agents-world.ts"
import { oneTask } from "../testing/one-task.ts"
import { type Said, type Seen, scriptedModels } from "../testing/scripted-model.ts"
import { readVersions } from "./read-versions.ts"
import { restoreVersion } from "./restore-version.ts"
import { previewUndo, undoVersion } from "./undo-version.ts"

let world: AgentsWorld
/** done before the second file of a run is written */
let between: (seen: Seen) => Promise<unknown> = async () => {}

beforeAll(async () => {
  world = await agentsWorld({
    models: scriptedModels(async (seen) => {
      if (seen.role !== "planning" && seen.answers === 1) await between(seen)
      return script(seen)
    }),
  })
})
afterAll(() => world.close())

/** Writes two files, each in a commit of its own. */
function script({ role, answers, goal }: Seen): Said {
  if (role === "planning") {
    const check = { kind: "files", paths: ["one.txt", "two.txt"] }
    return answers === 0 ? oneTask(check) : { text: "Planned." }
  }
  const path = ["one.txt", "two.txt"][answers]
  if (path === undefined) return { text: "Done." }
  return { calls: [{ name: "write_file", input: { path, content: `${goal}\n` } }] }
}

type ProjectId = IdOf<"project">
const project = () =>
  world.act(async (ctx) => (await createProject(ctx, { name: "Notes", preview: "private" })).id)
const save = (projectId: ProjectId, files: Record<string, string | null>) =>
  world.act(async (ctx) => {
    const changes = Object.entries(files).map(([path, content]) => ({ path, content }))
    const write = { projectId, message: "Save files", parent: undefined, changes }
    return (await commitFiles(ctx, world.parts, write)).id
  })
async function runOn(projectId: ProjectId, goal: string) {
  const { id } = await world.act((ctx) => startRun(ctx, world.parts, { projectId, goal }))
  await world.settle()
  return id
}
const versions = (projectId: ProjectId, page: { limit?: number; cursor?: string } = {}) =>
  world.act((ctx) =>
    readVersions(ctx, world.parts, { projectId, limit: 30, cursor: undefined, ...page }),
  )
const undo = (projectId: ProjectId, version: string) =>
  world.act((ctx) => undoVersion(ctx, world.parts, { projectId, version }))
const preview = (projectId: ProjectId, version: string) =>
  world.act((ctx) => previewUndo(ctx, world.parts, { projectId, version }))
const restore = (projectId: ProjectId, commit: string) =>
  world.act((ctx) => restoreVersion(ctx, world.parts, { projectId, commit }))
const faultOf = (action: Promise<unknown>) =>
  action.then(
    () => undefined,
    (error) => (isFault(error) ? { code: error.code, ...error.fields } : error),
  )
const brief = ({ kind, commits, files, added, removed }: Version) => ({
  ...{ kind, commits, files, added, removed },
})

test("what a run wrote in a row is one version, with its run and how much it changed", async () => {
  const id = await project()
  const first = await save(id, { "readme.md": "Notes\n" })
  const run = await runOn(id, "Write two")
  const { items } = await versions(id)
  expect(items.map(brief)).toEqual([
    { kind: "run", commits: 2, files: 2, added: 2, removed: 0 },
    { kind: "edit", commits: 1, files: 1, added: 1, removed: 0 },
  ])
  expect(items[0]).toMatchObject({ title: "Write two", base: first, run: { id: run, number: 1 } })
  expect(items[1]).toMatchObject({ title: "Save files", base: null, run: null })
})

test("versions page to their end without gaps and without doubles", async () => {
  const id = await project()
  await save(id, { "a.txt": "a" })
  await runOn(id, "Write two")
  await save(id, { "b.txt": "b" })
  const all = (await versions(id)).items
  const seen: Version[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await versions(id, { limit: 1, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items)
    cursor = page.nextCursor
  }
  expect(seen).toEqual(all)
  expect(seen).toHaveLength(3)
})

test("a message that names a run's task of another project makes no version of a run", async () => {
  const other = await project()
  const run = await runOn(other, "Write two")
  const { tasks } = await world.run(run)
  const id = await project()
  const message = `Looks like one\n\nStep: ${tasks[0]?.id}/1/call`
  await world.act((ctx) =>
    commitFiles(ctx, world.parts, {
      ...{ projectId: id, message, parent: null },
      changes: [{ path: "a.txt", content: "a" }],
    }),
  )
  expect((await versions(id)).items).toMatchObject([{ kind: "edit", run: null }])
})

test("undoing a run takes all of its changes back and keeps what people wrote in between", async () => {
  const id = await project()
  await save(id, { "readme.md": "Notes\n", "one.txt": "before\n" })
  between = () => save(id, { "mine.txt": "mine\n" })
  await runOn(id, "Write two")
  between = async () => {}
  const { items } = await versions(id)
  expect(items.map(({ kind }) => kind)).toEqual(["run", "edit", "run", "edit"])
  const version = items[0]?.id ?? ""
  const { files, conflicts } = await preview(id, version)
  expect(conflicts).toEqual([])
  expect(files.map(({ path, change }) => [path, change])).toEqual([
    ["one.txt", "modified"],
    ["two.txt", "deleted"],
  ])
  await undo(id, version)
  expect(await world.tree(id)).toEqual({
    ...{ "readme.md": "Notes\n", "one.txt": "before\n", "mine.txt": "mine\n" },
  })
  const [newest] = (await versions(id)).items
  expect(newest).toMatchObject({ kind: "undo", of: version, title: "Undo run 1" })
})

test("an undo that was undone brings the run's changes back", async () => {
  const id = await project()
  await save(id, { "readme.md": "Notes\n" })
  await runOn(id, "Write two")
  const before = await world.tree(id)
  const { commit } = await undo(id, (await versions(id)).items[0]?.id ?? "")
  await undo(id, commit)
  expect(await world.tree(id)).toEqual(before)
})

test("files that were changed again since stand in the way of an undo, by their names", async () => {
  const id = await project()
  await save(id, { "a.txt": "one\n", "dir/b.txt": "one\n", "c.txt": "one\n" })
  const version = await save(id, { "a.txt": "two\n", "dir/b.txt": "two\n", "c.txt": "two\n" })
  const head = await save(id, { "a.txt": "three\n", "dir/b.txt": null })
  expect((await preview(id, version)).conflicts).toEqual(["a.txt", "dir/b.txt"])
  expect(await faultOf(undo(id, version))).toEqual({
    code: "conflict",
    "/files/a.txt": "It was changed again since.",
    "/files/dir~1b.txt": "It was changed again since.",
  })
  expect(await world.repositories.of(id).head()).toBe(head)
})

test("a restored version is a new commit with the same files, and nothing is lost", async () => {
  const id = await project()
  const good = await save(id, { "a.txt": "good\n", "b.txt": "b\n" })
  const bad = await save(id, { "a.txt": "bad\n", "b.txt": null, "c.txt": "c\n" })
  const { commit, goesLive } = await restore(id, good)
  expect(goesLive).toBe(false)
  expect(await world.tree(id)).toEqual({ "a.txt": "good\n", "b.txt": "b\n" })
  const { items } = await versions(id)
  expect(items.map((item) => item.id)).toEqual([commit, bad, good])
  expect(items[0]).toMatchObject({ kind: "restore", of: good, author: world.org.actor.name })
})

test("of a project that ran, what is restored or undone is asked to go live", async () => {
  const id = await project()
  const good = await save(id, { "a.txt": "good\n" })
  const commit = await save(id, { "a.txt": "bad\n" })
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  const wanted = async () => {
    const text = "select commit_wanted from apps where project_id = $1"
    return (await world.db.adminPool.query(text, [id])).rows[0]?.commit_wanted
  }
  const restored = await restore(id, good)
  expect(restored.goesLive).toBe(true)
  expect(await wanted()).toBe(restored.commit)
  const undone = await undo(id, restored.commit)
  expect(await wanted()).toBe(undone.commit)
  expect(await world.tree(id)).toEqual({ "a.txt": "bad\n" })
})

test.each([
  ["what is not there", async () => "0".repeat(40), "not_found"],
  ["the files as they are", async (id: ProjectId) => save(id, { "a.txt": "a" }), "wrong_state"],
])("restoring %s is refused", async (_, version, code) => {
  const id = await project()
  expect(await faultOf(restore(id, await version(id)))).toEqual({ code })
})

test("undoing what would leave no file, or leaves all as it is, is refused", async () => {
  const id = await project()
  const first = await save(id, { "a.txt": "a\n" })
  expect(await faultOf(undo(id, first))).toEqual({ code: "wrong_state" })
  const second = await save(id, { "a.txt": "b\n" })
  await undo(id, second)
  expect(await faultOf(undo(id, second))).toEqual({ code: "wrong_state" })
})

test("while agents work nothing is restored or undone", async () => {
  const id = await project()
  const first = await save(id, { "a.txt": "a\n" })
  await save(id, { "a.txt": "b\n" })
  await world.act((ctx) => startRun(ctx, world.parts, { projectId: id, goal: "Write two" }))
  expect(await faultOf(restore(id, first))).toEqual({ code: "run_in_progress" })
  expect(await faultOf(undo(id, first))).toEqual({ code: "run_in_progress" })
  await world.settle()
})

test("a project's versions are gone with its row", async () => {
  const id = await project()
  await save(id, { "a.txt": "a\n" })
  await undo(id, await save(id, { "a.txt": "b\n" }))
  const count = async () =>
    (await world.db.adminPool.query("select 1 from project_versions where project_id = $1", [id]))
      .rowCount
  expect(await count()).toBe(1)
  await world.db.adminPool.query("delete from projects where id = $1", [id])
  expect(await count()).toBe(0)
})
