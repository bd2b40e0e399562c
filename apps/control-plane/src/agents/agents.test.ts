import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { FaultCode } from "@vibecaas/contract/faults"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Ctx } from "../core/ctx.ts"
import { needProject } from "../projects/index.ts"
import { cancelRun } from "./cancel-run.ts"
import { needRun } from "./need-run.ts"
import { readRuns, readSteps, readTaskDiff } from "./read-runs.ts"
import { type ProjectRequest, startProject } from "./start-project.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { oneTask } from "./testing/one-task.ts"
import { type Said, type Seen, scriptedModels } from "./testing/scripted-model.ts"
import { smallApp, smallAppTree } from "./testing/small-app.ts"

let world: AgentsWorld
/** The script of the goal that a run was asked for. */
const scripts = new Map<string, (seen: Seen) => Said | Promise<Said>>()
const models = scriptedModels((seen) => (scripts.get(seen.goal) ?? smallApp)(seen))

beforeAll(async () => {
  world = await agentsWorld({ models })
})
afterAll(() => world.close())

const write = (path: string, content: string): Said => ({
  calls: [{ name: "write_file", input: { path, content } }],
})
const faulty = (code: FaultCode) =>
  expect.toSatisfy((error: unknown) => isFault(error, code), `a fault ${code}`)
const states = async (runId: IdOf<"run">) =>
  (await world.run(runId)).tasks.map(({ state, tries }) => [state, tries])

test("a run plans, builds in the order of its graph, proves each task and leaves its files", async () => {
  const { projectId, runId } = await world.ask("Say hello")
  await world.settle()
  const run = await world.run(runId)
  expect(run).toMatchObject({
    ...{ state: "succeeded", failure: null, filler: [] },
    clauses: [
      { words: "Say hello", state: "built", why: "GET / answered 200 with “Hello there”." },
    ],
  })
  expect(run.tasks.map(({ title, state, tries }) => [title, state, tries])).toEqual([
    ["Plan the work", "succeeded", 1],
    ["server", "succeeded", 1],
    ["page", "succeeded", 1],
    ["test", "succeeded", 1],
    ["look", "succeeded", 1],
  ])
  expect(await world.tree(projectId)).toEqual(smallAppTree)
  expect(run.commit).toBe(await world.repositories.of(projectId).head())

  const page = run.tasks[2]
  expect(page?.filesChanged).toBe(2)
  const diff = await world.act((ctx) =>
    readTaskDiff(ctx, world.repositories, { runId, taskId: page?.id ?? "tsk_" }),
  )
  expect(diff.map(({ path, change, added }) => [path, change, added])).toEqual([
    ["page.txt", "added", 1],
  ])
})

test("each live event of a step is a row of the journal, and no row is without its event", async () => {
  const { runId } = await world.ask("Say hello")
  await world.settle()
  const { rows } = await world.db.adminPool.query(
    "select object_id from live_events where kind = 'run.step' and topic = $1 order by sequence",
    [`run:${runId}`],
  )
  const steps = await world.steps(runId)
  expect(rows.map(({ object_id }) => object_id)).toEqual(steps.map(({ id }) => id))
})

test("what the check shows goes back to the model, and the task succeeds when it is repaired", async () => {
  scripts.set("repair", ({ role, answers, told }) => {
    if (role === "planning") return oneTask({ kind: "command", argv: ["node", "check.js"] })
    if (told.includes("exited with 3")) return write("check.js", "process.exit(0)")
    return answers === 0 ? write("check.js", "process.exit(3)") : { text: "Done." }
  })
  const { runId } = await world.ask("repair")
  await world.settle()
  expect(await states(runId)).toEqual([
    ["succeeded", 1],
    ["succeeded", 2],
  ])
  const checks = (await world.steps(runId)).filter(({ kind }) => kind === "check")
  expect(checks.map(({ title, ok }) => [title, ok])).toEqual([
    ["failed: node check.js", false],
    ["passed: node check.js", true],
  ])
})

test.each([
  ["is proof as it is", "Done.", 1, ", run by the agent on these very files,"],
  ["is no proof once files have changed", "change", 2, ""],
])("a command that the agent ran itself %s", async (_, then, times, how) => {
  const counter = join(world.root, `${times}-runs`)
  const program = `require("node:fs").appendFileSync(${JSON.stringify(counter)}, "x"); console.log("ran well")`
  const argv = ["node", "check.js"]
  scripts.set(`count ${times}`, ({ role, answers }) => {
    if (role === "planning") return oneTask({ kind: "command", argv })
    if (answers === 0) return write("check.js", program)
    if (answers === 1) return { calls: [{ name: "run_command", input: { argv } }] }
    return then === "change" && answers === 2 ? write("more.txt", "more") : { text: "Done." }
  })
  const { runId } = await world.ask(`count ${times}`)
  await world.settle()
  const task = (await world.run(runId)).tasks.at(-1)
  const evidence = `node check.js${how} exited with 0:\nran well`
  expect(task).toMatchObject({ state: "succeeded", evidence })
  expect(await readFile(counter, "utf8")).toBe("x".repeat(times))
})

test("a task whose check never passes fails after three tries with the evidence; what depends on it is skipped", async () => {
  scripts.set("hopeless", ({ role, about, answers }) => {
    if (role === "planning") return smallApp({ ...nothing, role, answers })
    if (about === "server") return { text: "Done, I am sure." }
    return smallApp({ ...nothing, role, about, answers })
  })
  const { runId } = await world.ask("hopeless")
  await world.settle()
  const run = await world.run(runId)
  expect(run).toMatchObject({ state: "failed", failure: expect.stringMatching(/server\.js/) })
  expect(run.tasks.map(({ state, tries }) => [state, tries])).toEqual([
    ["succeeded", 1],
    ["failed", 3],
    ["succeeded", 1],
    ["skipped", 0],
    ["skipped", 0],
  ])
})
const nothing: Seen = {
  ...{ role: "planning", goal: "", about: "", answers: 0, results: "", prompt: "", told: "" },
}

test("a failed run is tried again from its failed tasks; those that succeeded keep their work", async () => {
  let broken = true
  scripts.set("second chance", (seen) =>
    broken && seen.about === "server" ? { text: "No." } : smallApp(seen),
  )
  const { projectId, runId } = await world.ask("second chance")
  await world.settle()
  expect(await world.run(runId)).toMatchObject({ state: "failed", declined: false })
  const modelCalls = async () =>
    (await world.steps(runId)).filter(({ kind }) => kind === "model").length
  const before = await modelCalls()

  broken = false
  await world.retry(runId)
  await world.settle()
  expect(await world.run(runId)).toMatchObject({ state: "succeeded", failure: null })
  expect(await world.tree(projectId)).toEqual(smallAppTree)
  // server 3, test 4, look 1: neither planning nor page again.
  expect((await modelCalls()) - before).toBe(8)
  await expect(world.retry(runId)).rejects.toEqual(faulty("wrong_state"))
})

test("what the planning agent declines is said, and nothing is built", async () => {
  scripts.set("xyzzy", () => ({
    calls: [{ name: "decline", input: { reason: "That is no app." } }],
  }))
  const { projectId, runId } = await world.ask("xyzzy")
  await world.settle()
  expect(await world.run(runId)).toMatchObject({
    ...{ state: "failed", summary: "That is no app.", failure: "That is no app." },
    ...{ declined: true, tasks: [{ role: "planning", state: "succeeded" }] },
  })
  expect(await world.act((ctx) => needProject(ctx, projectId))).toMatchObject({
    ...{ state: "empty", stateDetail: "the last request was declined", goal: "xyzzy" },
  })
  expect(await world.tree(projectId)).toEqual({})
})

test("a plan that cannot be worked through is refused with its problems, and mended", async () => {
  scripts.set("circle", ({ role, answers, results }) => {
    if (role !== "planning") return answers === 0 ? write("a", "a") : { text: "Done." }
    if (answers === 0) {
      const bad = structuredClone(oneTask({ kind: "files", paths: ["a"] }))
      const input = bad.calls?.[0]?.input as { tasks: { dependsOn: string[] }[] }
      for (const task of input.tasks) task.dependsOn = ["it"]
      return bad
    }
    return results.includes("wait for each other: it")
      ? oneTask({ kind: "files", paths: ["a"] })
      : { text: "I give up." }
  })
  const { runId } = await world.ask("circle")
  await world.settle()
  expect(await world.run(runId)).toMatchObject({ state: "partly" })
})

test("a cancelled run stops in the middle of an answer, and the project can start another", async () => {
  let asked = () => {}
  const begun = new Promise<void>((resolve) => {
    asked = resolve
  })
  scripts.set("slow", ({ role }) => {
    if (role === "planning") return oneTask({ kind: "files", paths: ["a"] })
    asked()
    return new Promise<Said>(() => {})
  })
  const { projectId, runId } = await world.ask("slow")
  await expect(world.ask("another", projectId)).rejects.toEqual(faulty("run_in_progress"))
  const settled = world.settle()
  await begun
  await world.act((ctx) => cancelRun(ctx, runId))
  await settled
  expect(await world.run(runId)).toMatchObject({
    state: "cancelled",
    tasks: [{ state: "succeeded" }, { state: "cancelled" }],
  })
  await expect(world.act((ctx) => cancelRun(ctx, runId))).rejects.toEqual(faulty("wrong_state"))
  await world.ask("Say hello", projectId)
  await world.settle()
  expect(await world.tree(projectId)).toEqual(smallAppTree)
})

test("a project with a prompt gets its run, its goal and a name; without one, neither", async () => {
  const request = { name: undefined, prompt: "A page that says hello", preview: "private" as const }
  const begin = (ctx: Ctx, asked: ProjectRequest) => startProject(ctx, world.parts, asked)
  const { project, run } = await world.act((ctx) => begin(ctx, request))
  expect(project).toMatchObject({
    name: "Page",
    state: "working",
    goal: request.prompt,
  })
  expect(run).toMatchObject({ state: "queued", number: 1 })
  const empty = await world.act((ctx) =>
    begin(ctx, { ...request, name: "Mine", prompt: undefined }),
  )
  expect(empty).toEqual({ project: expect.objectContaining({ name: "Mine", state: "empty" }) })
  await world.settle()
})

test("runs and steps are read in pages without gaps", async () => {
  const { projectId, runId } = await world.ask("Say hello")
  await world.settle()
  await world.ask("xyzzy", projectId)
  await world.settle()
  const first = await world.act((ctx) => readRuns(ctx, projectId, { limit: 1, cursor: undefined }))
  const cursor = first.nextCursor ?? undefined
  const second = await world.act((ctx) => readRuns(ctx, projectId, { limit: 1, cursor }))
  expect([...first.items, ...second.items].map(({ number }) => number)).toEqual([2, 1])
  expect(second.nextCursor).toBeNull()

  const all = await world.steps(runId)
  const seen: string[] = []
  for (let at: string | undefined, more = true; more; ) {
    const page = await world.act((ctx) => readSteps(ctx, runId, { limit: 7, cursor: at }))
    seen.push(...page.items.map(({ id }) => id))
    at = page.nextCursor ?? undefined
    more = at !== undefined
  }
  expect(seen).toEqual(all.map(({ id }) => id))
})

test("when its project goes, a run stops, its rows go and its hold is released", async () => {
  const { projectId, runId } = await world.ask("Say hello")
  await world.db.adminPool.query("update projects set wanted = 'gone' where id = $1", [projectId])
  const { loop, turn } = await world.turn("runs", runId)
  await loop.reconcile(turn)
  await expect(world.act((ctx) => needRun(ctx, runId))).rejects.toEqual(faulty("not_found"))
  const holds = await world.db.adminPool.query("select 1 from holds where parent_id = $1", [
    projectId,
  ])
  expect(holds.rowCount).toBe(0)
  await world.settle()
})

test("a run whose loop gives up says why, keeps no task waiting and makes room for another", async () => {
  const { runId, projectId } = await world.ask("Say hello")
  const verdict = { cause: "tries" as const, error: new TypeError("a bug"), failures: 10 }
  const { loop, turn } = await world.turn("runs", runId)
  expect(await loop.giveUp?.(turn, verdict)).toBe("give-up")
  const failure = "Something went wrong on our side."
  const tasks = [{ state: "skipped" }]
  expect(await world.run(runId)).toMatchObject({ state: "failed", failure, tasks })
  await world.ask("Say hello", projectId)
  await world.settle()
})

test("runs that end give their place under the limit back", async () => {
  const { rows } = await world.db.adminPool.query(
    "select subject from quota_reservations where resource = 'concurrent_runs'",
  )
  // The one that its project's deletion took down was stopped first.
  expect(rows).toEqual([])
})
