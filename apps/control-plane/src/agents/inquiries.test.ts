import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { needProject } from "../projects/index.ts"
import { answerInquiry } from "./answer-inquiry.ts"
import { cancelRun } from "./cancel-run.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { oneTask } from "./testing/one-task.ts"
import { processMachines } from "./testing/process-machines.ts"
import { type Seen, scriptedModels } from "./testing/scripted-model.ts"
import { defaultBudgets } from "./work/budget.ts"

let world: AgentsWorld
const questionsMax = 2
beforeAll(async () => {
  const budgets = { ...defaultBudgets, run: { ...defaultBudgets.run, questionsMax } }
  world = await agentsWorld({ models: scriptedModels(script), budgets })
})
afterAll(() => world.close())

/** Asks for a colour, as often as the goal says, and writes down what came back. */
function script({ role, answers, results, goal }: Seen) {
  if (role === "planning") {
    return answers === 0 ? oneTask({ kind: "files", paths: ["colour.txt"] }) : { text: "Planned." }
  }
  if (answers < Number(/\d+/.exec(goal)?.[0] ?? 1)) {
    const input = { question: `Which colour is number ${answers}?`, choices: ["red", "blue"] }
    return { calls: [{ name: "ask_user", input }] }
  }
  return results.includes("colour.txt")
    ? { text: "Done." }
    : { calls: [{ name: "write_file", input: { path: "colour.txt", content: results } }] }
}

async function asked(goal = "Ask for 1 colour") {
  const made = await world.ask(goal)
  await world.settle()
  const run = await world.run(made.runId)
  const open = run.inquiries.find(({ state }) => state === "open")
  return { ...made, run, of: { runId: made.runId, inquiryId: open?.id ?? ("inq_" as never) } }
}

const answer = (of: { runId: IdOf<"run">; inquiryId: IdOf<"inquiry"> }, text: string) =>
  world.act((ctx) => answerInquiry(ctx, of, text))
const audited = async (runId: string) => {
  const { rows } = await world.db.adminPool.query(
    `select action, actor_kind, details from audit_records
     where subject = $1 and action in ('run.ask', 'run.answer') order by id`,
    [runId],
  )
  return rows
}

test("a task that asks is nobody's and due for nothing until it is answered, and goes on with the answer", async () => {
  const { projectId, runId, run, of } = await asked()
  expect(run).toMatchObject({
    state: "running",
    inquiries: [{ state: "open", choices: ["red", "blue"], answer: null }],
  })
  const { rows } = await world.db.adminPool.query(
    "select t.state, t.due, t.reserved_tokens from run_tasks t where run_id = $1 and position = 1",
    [runId],
  )
  expect(rows).toEqual([{ state: "asking", due: false, reserved_tokens: "0" }])
  const project = () => world.act((ctx) => needProject(ctx, projectId))
  expect(await project()).toMatchObject({
    state: "asking",
    stateDetail: "0 of 1 tasks, waiting for an answer",
  })
  await answer(of, "Green, like moss")
  expect(await project()).toMatchObject({ state: "working" })
  await world.settle()
  const ended = await world.run(runId)
  expect(ended).toMatchObject({
    state: "partly",
    inquiries: [
      { state: "answered", answer: "Green, like moss", answeredBy: world.org.owner.name },
    ],
  })
  expect((await world.tree(projectId))["colour.txt"]).toContain("Green, like moss")
  expect(ended.tasks[1]?.tries).toBe(1)
  expect(await audited(runId)).toMatchObject([
    { action: "run.ask", actor_kind: "agent" },
    { action: "run.answer", actor_kind: "user", details: { answer: "Green, like moss" } },
  ])
})

test("the minutes of a run do not pass while it waits for a person", async () => {
  const { runId, of } = await asked()
  const before = (await world.run(runId)).workedMs
  await world.db.adminPool.query(
    "update run_inquiries set asked_at = now() - interval '3 days' where run_id = $1",
    [runId],
  )
  await answer(of, "red")
  await world.settle()
  const { workedMs, state } = await world.run(runId)
  expect(state).toBe("partly")
  expect(workedMs - before).toBeLessThan(60_000)
})

test("of two answers at the same time one counts, and the other is told of it", async () => {
  const { of } = await asked()
  const sent = await Promise.allSettled([answer(of, "red"), answer(of, "blue")])
  const won = sent.filter((each) => each.status === "fulfilled")
  const lost = sent.flatMap((each) => (each.status === "rejected" ? [each.reason] : []))
  expect(won).toHaveLength(1)
  expect(lost).toEqual([
    expect.toSatisfy((error: unknown) => isFault(error, "wrong_state"), "a wrong state"),
  ])
  expect(lost[0].say).toContain(won[0]?.value.answer)
  await world.settle()
})

test("a run that is cancelled while it asks ends at once, and its question takes no answer", async () => {
  const { runId, of } = await asked()
  await world.act((ctx) => cancelRun(ctx, runId))
  await world.settle()
  expect(await world.run(runId)).toMatchObject({
    state: "cancelled",
    tasks: [{ state: "succeeded" }, { state: "cancelled" }],
    inquiries: [{ state: "withdrawn", answer: null }],
  })
  await expect(answer(of, "red")).rejects.toSatisfy((error) => isFault(error, "wrong_state"))
})

test("a run asks no more questions than its budget has, and is told so", async () => {
  const made = await asked("Ask for 3 colours")
  await answer(made.of, "red")
  await world.settle()
  const second = (await world.run(made.runId)).inquiries.find(({ state }) => state === "open")
  await answer({ runId: made.runId, inquiryId: second?.id ?? ("inq_" as never) }, "blue")
  await world.settle()
  const run = await world.run(made.runId)
  expect(run.inquiries.map((each) => each.answer)).toEqual(["red", "blue"])
  const refused = (await world.steps(made.runId)).filter(({ ok }) => !ok)
  expect(refused).toMatchObject([{ name: "ask_user" }])
  expect(refused[0]?.title).toContain("has asked its 2 questions")
})

test("a question of another organization is not found", async () => {
  const { of } = await asked()
  const elsewhere = { ...of, runId: world.db.newId("run") }
  await expect(answer(elsewhere, "red")).rejects.toSatisfy((error) => isFault(error, "not_found"))
  await answer(of, "red")
  await world.settle()
})

test("while nobody answers, a run gives its draft back, and gets it again for the answer", async () => {
  const draft = { runs: false, stops: 0 }
  const machines: typeof processMachines = async (repositories) => ({
    ...(await processMachines(repositories)),
    draftSince: async () => (draft.runs ? new Date(0) : undefined),
    stopDraft: async () => {
      Object.assign(draft, { runs: false, stops: draft.stops + 1 })
    },
  })
  const run = { ...defaultBudgets.run, draftMinutesMax: 0 }
  const budgets = { ...defaultBudgets, run }
  const other = await agentsWorld({ models: scriptedModels(script), budgets, machines })
  const { runId } = await other.ask("Ask for 1 colour")
  draft.runs = true
  await other.settle()
  const { loop, turn } = await other.turn("runs", runId)
  await loop.reconcile(turn)
  expect(draft).toEqual({ runs: false, stops: 1 })
  const [question] = (await other.run(runId)).inquiries
  const of = { runId, inquiryId: question?.id ?? ("inq_" as never) }
  await other.act((ctx) => answerInquiry(ctx, of, "red"))
  draft.runs = true
  await other.settle()
  expect((await other.run(runId)).state).toBe("partly")
  expect(draft).toEqual({ runs: true, stops: 1 })
  await other.close()
})
