import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findRun } from "../agents/queries/runs.ts"
import { claimTask, findTask } from "../agents/queries/tasks.ts"
import { type AgentsWorld, agentsWorld } from "../agents/testing/agents-world.ts"
import { scriptedModels } from "../agents/testing/scripted-model.ts"
import type { EndedCall } from "../agents/work/journal.ts"
import { makeTaskWrites, type TaskWrites } from "../agents/work/task-writes.ts"
import { showMetrics } from "./show-metrics.ts"

let world: AgentsWorld
let writes: TaskWrites
let taskId: IdOf<"task">

beforeAll(async () => {
  world = await agentsWorld({ models: scriptedModels(() => ({ text: "no plan" })) })
  const { runId } = await world.ask("Say hello")
  writes = await world.act(async (ctx) => {
    taskId = (await world.run(runId)).tasks[0]?.id as IdOf<"task"> // a run begins with its plan
    await claimTask(ctx.db, taskId, { fence: 1, set: { state: "running" }, at: ctx.clock.now() })
    const [run, task] = [await findRun(ctx.db, runId), await findTask(ctx.db, taskId)]
    if (!run || !task) throw new Error("the run was just asked for")
    return makeTaskWrites({ scope: world.db.scope, run, task, fence: 1 })
  })
})
afterAll(() => world?.close())

let calls = 0
const call = (given: Partial<EndedCall>): EndedCall => ({
  ...{ kind: "model", name: "claude-haiku-4-5", tryNumber: 1, callKey: `call-${++calls}` },
  ...{ title: "said", ok: true, input: null, output: {}, durationMs: 5 },
  startedAt: new Date("2026-11-03T23:59:00Z"),
  ...given,
})
const spent = (output: number, cost: number | null) => ({
  ...{ input: 100, cacheRead: 0, cacheWrite: 0, output, cost, estimated: false, simulated: true },
})
const measured = (firstMs: number | null, answerMs: number | null, requests = 1) => ({
  ...{ provider: "anthropic", firstMs, answerMs, requests },
})
const november = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") }
const metrics = (period = november) => world.act((ctx) => showMetrics(ctx, period))

test("answers, requests made again, speed, cost and tools are counted by role and by day", async () => {
  await writes.step(call({ spent: spent(200, 5000), measured: measured(400, 1000) }))
  await writes.step(call({ spent: spent(400, null), measured: measured(800, 2000, 3) }))
  await writes.step(call({ ok: false, measured: measured(null, null, 4) }))
  await writes.step(call({ kind: "tool", name: "list_files", durationMs: 70 }))
  const startedAt = new Date("2026-11-04T00:01:00Z")
  await writes.step(call({ startedAt, spent: spent(30, 0), measured: measured(100, 100) }))

  const { models, days } = await metrics()
  const of = { provider: "anthropic", model: "claude-haiku-4-5" }
  expect(models).toEqual([
    {
      ...{ ...of, role: "planning", runs: 1, runsSucceeded: 0 },
      ...{ tasks: 1, tasksSucceeded: 0, tasksFailed: 0 },
      ...{ answers: 3, unanswered: 1, retries: 5, outputTokens: 630, costCents: 0.5, unpriced: 1 },
      ...{ firstMsMedian: 400, firstMsSlow: 760, toolMs: 70 },
      tokensPerSecond: expect.closeTo((630 / 3100) * 1000, 3),
    },
  ])
  expect(days.map(({ day, answers, unanswered }) => [day, answers, unanswered])).toEqual([
    ["2026-11-03", 2, 1],
    ["2026-11-04", 1, 0],
  ])
})

test("what another model answered in the same task is its own, and tools are the last one's", async () => {
  const at = new Date("2026-10-05T12:00:00Z")
  await writes.step(call({ startedAt: at, ok: false, measured: measured(null, null) }))
  const other = { name: "gpt-5.1", measured: { ...measured(50, 60), provider: "openai" } }
  await writes.step(call({ startedAt: at, spent: spent(6, 1), ...other }))
  await writes.step(call({ startedAt: at, kind: "check", name: "files", durationMs: 9 }))
  const { models } = await metrics({ from: new Date("2026-10-01"), to: new Date("2026-11-01") })
  expect(models.map(({ model, answers, toolMs }) => [model, answers, toolMs])).toEqual([
    ["claude-haiku-4-5", 0, 0],
    ["gpt-5.1", 1, 9],
  ])
})
