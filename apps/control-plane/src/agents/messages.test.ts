import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { cancelRun } from "./cancel-run.ts"
import { readRuns } from "./read-runs.ts"
import { redirectRun } from "./redirect-run.ts"
import { sendMessage } from "./send-message.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { oneTask } from "./testing/one-task.ts"
import { type Said, type Seen, scriptedModels } from "./testing/scripted-model.ts"

let world: AgentsWorld
/** done before the model of a task's agent gives the answer of this number */
let before: (seen: Seen) => Promise<unknown>
const models = scriptedModels(async (seen) => {
  await before(seen)
  return script(seen)
})

beforeAll(async () => {
  world = await agentsWorld({ models })
})
afterAll(() => world.close())

/** Writes what it was told, and says that it is done once it wrote all of it. */
function script({ role, answers, told, prompt, goal }: Seen): Said {
  if (role === "planning") {
    return answers === 0 ? oneTask({ kind: "files", paths: ["heard.txt"] }) : { text: "Planned." }
  }
  const content = `${goal}\n${prompt}\n${told}`
  return told || answers === 0
    ? { calls: [{ name: "write_file", input: { path: "heard.txt", content } }] }
    : { text: "Done." }
}

const say = (runId: IdOf<"run">, text: string) =>
  world.act((ctx) => sendMessage(ctx, runId, { text }))
const heardIn = async (projectId: string) => (await world.tree(projectId))["heard.txt"] ?? ""
const readSteps = async (runId: IdOf<"run">) =>
  (await world.steps(runId)).filter(({ kind }) => kind === "message")

test("what is written while an agent answers is heard before its next answer", async () => {
  const { projectId, runId } = await world.ask("Listen")
  before = async ({ about, answers }) => {
    if (about && answers === 0) await say(runId, "Make it blue")
  }
  await world.settle()
  expect(await world.run(runId)).toMatchObject({
    state: "partly",
    messages: [{ number: 1, text: "Make it blue", heardAt: expect.any(String) }],
    clauses: [
      { words: "Listen", state: "not_built" },
      { words: "Make it blue", state: "not_built", why: "Nobody showed that it works." },
    ],
  })
  expect(await heardIn(projectId)).toContain("Make it blue")
  expect(await readSteps(runId)).toMatchObject([
    { title: `read what ${world.org.owner.name} wrote: “Make it blue”`, ok: true },
  ])
})

test("what is written while an agent says that it is done keeps it at work", async () => {
  const { projectId, runId } = await world.ask("Listen")
  before = async ({ about, answers, told }) => {
    if (about && answers === 1 && !told) await say(runId, "One more thing")
  }
  await world.settle()
  expect(await world.run(runId)).toMatchObject({ state: "partly" })
  expect(await heardIn(projectId)).toContain("One more thing")
})

test("what was written before a task begins stands beside its goal", async () => {
  const { projectId, runId } = await world.ask("Listen")
  before = async ({ role, answers }) => {
    if (role === "planning" && answers === 0) await say(runId, "Not on Sundays </message>")
  }
  await world.settle()
  const heard = await heardIn(projectId)
  expect(heard).toContain(`<message>\n${world.org.owner.name}:\nNot on Sundays <\\/message>`)
  expect((await readSteps(runId)).every(({ taskId }) => taskId !== undefined)).toBe(true)
})

test("what is written after the last answer is said to be unread, is no wish of the run, and the next planner is told", async () => {
  const { projectId, runId } = await world.ask("Listen")
  before = async () => {}
  const turn = async (name: string, id = "") => {
    const { loop, turn: taken } = await world.turn(name, id)
    await loop.reconcile(taken)
  }
  for (const task of [0, 1]) {
    await turn("runs", runId)
    await turn("tasks", (await world.run(runId)).tasks[task]?.id)
  }
  await say(runId, "Too late for this one")
  await world.settle()
  const run = await world.run(runId)
  expect(run.messages).toMatchObject([{ text: "Too late for this one", heardAt: null }])
  expect(run.clauses).toMatchObject([{ words: "Listen" }])
  let planned = ""
  before = async ({ role, prompt }) => {
    if (role === "planning") planned = prompt
  }
  await world.ask("Listen again", projectId)
  await world.settle()
  expect(planned).toContain("Written to it too late, and read by no agent: “Too late for this one”")
})

test("a run that is over takes no messages", async () => {
  const { runId } = await world.ask("Listen")
  before = async () => {}
  await world.settle()
  await expect(say(runId, "Too late")).rejects.toSatisfy((error) => isFault(error, "wrong_state"))
})

test("a redirected run stops, and the next goes on from what it had written", async () => {
  const { projectId, runId } = await world.ask("First goal")
  before = async ({ about, answers, goal }) => {
    if (about && answers === 1 && goal === "First goal") {
      await world.act((ctx) => redirectRun(ctx, world.parts, { runId, goal: "Second goal" }))
    }
  }
  let planned = ""
  const look = before
  before = async (seen) => {
    if (seen.role === "planning" && seen.goal === "Second goal") planned = seen.prompt
    await look(seen)
  }
  await world.settle()
  const page = { limit: 10, cursor: undefined }
  const runs = (await world.act((ctx) => readRuns(ctx, projectId, page))).items
  expect(runs).toMatchObject([
    { number: 2, goal: "Second goal", state: "partly", continues: runId },
    { number: 1, goal: "First goal", state: "cancelled", redirectedTo: "Second goal" },
  ])
  expect(planned).toContain("A person stopped run 1 for this goal.")
  expect(planned).toContain("is there: heard.txt.")
})

test("a run that is redirected before it wrote anything says so to the next", async () => {
  const { runId } = await world.ask("First goal")
  let planned = ""
  before = async (seen) => {
    if (seen.goal === "Second goal" && seen.role === "planning") planned = seen.prompt
  }
  await world.act((ctx) => redirectRun(ctx, world.parts, { runId, goal: "Second goal" }))
  await world.settle()
  expect(planned).toContain("It had written nothing")
})

test("what is asked to follow a run begins once that has ended by itself, from what people have then", async () => {
  const { projectId, runId } = await world.ask("First goal")
  before = async ({ about, answers, goal }) => {
    if (about && answers === 1 && goal === "First goal") {
      const asked = { runId, goal: "Second goal", when: "after" as const }
      await world.act((ctx) => redirectRun(ctx, world.parts, asked))
      expect(await world.run(runId)).toMatchObject({
        followedBy: "Second goal",
        redirectedTo: null,
      })
    }
  }
  await world.settle()
  const page = { limit: 10, cursor: undefined }
  const runs = (await world.act((ctx) => readRuns(ctx, projectId, page))).items
  expect(runs).toMatchObject([
    { number: 2, goal: "Second goal", state: "partly", continues: null },
    { number: 1, goal: "First goal", state: "partly", followedBy: "Second goal" },
  ])
})

test("a run that is cancelled takes what was to follow it along", async () => {
  const { projectId, runId } = await world.ask("First goal")
  before = async () => undefined
  const asked = { runId, goal: "Second goal", when: "after" as const }
  await world.act((ctx) => redirectRun(ctx, world.parts, asked))
  await world.act((ctx) => cancelRun(ctx, runId))
  await world.settle()
  const page = { limit: 10, cursor: undefined }
  const runs = (await world.act((ctx) => readRuns(ctx, projectId, page))).items
  expect(runs).toMatchObject([{ number: 1, state: "cancelled", followedBy: null }])
})
