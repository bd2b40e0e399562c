import type { FaultCode } from "@vibecaas/contract/faults"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findRun } from "./queries/runs.ts"
import { claimTask, findTask } from "./queries/tasks.ts"
import { retryRun } from "./retry-run.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { type Seen, scriptedModels } from "./testing/scripted-model.ts"
import { smallApp } from "./testing/small-app.ts"
import { defaultBudgets } from "./work/budget.ts"
import { makeTaskWrites, type TaskWrites } from "./work/task-writes.ts"

let world: AgentsWorld
const budgets = { ...defaultBudgets, run: { tokensMax: 50_000 } }

beforeAll(async () => {
  world = await agentsWorld({ models: scriptedModels(smallApp), budgets })
})
afterAll(() => world.close())

/** The writes of a turn with this fence on the run's planning task. */
async function turnOf(runId: IdOf<"run">, fence: number): Promise<TaskWrites> {
  const taskId = (await world.run(runId)).tasks[0]?.id ?? "tsk_"
  return world.act(async (ctx) => {
    await claimTask(ctx.db, taskId, { fence, set: { state: "running" }, at: ctx.clock.now() })
    const [run, task] = [await findRun(ctx.db, runId), await findTask(ctx.db, taskId)]
    if (!run || !task) throw new Error("the run was just asked for")
    return makeTaskWrites({ scope: world.db.scope, run, task, fence })
  })
}

const call = {
  ...{ kind: "model" as const, name: "m", tryNumber: 1, callKey: "model-1", title: "said" },
  ...{ ok: true, input: null, output: {}, startedAt: new Date(), durationMs: 5 },
  spent: {
    ...{ input: 30_000, cacheRead: 20_000, cacheWrite: 0, output: 1000 },
    ...{ estimated: false, simulated: true, cost: 0 },
  },
}
const faulty = (code: FaultCode) => expect.toSatisfy((error: unknown) => isFault(error, code))

test("tokens are set aside before a call and settled after it", async () => {
  const { runId } = await world.ask("Say hello")
  const turn = await turnOf(runId, 10)
  await turn.reserve(40_000)
  await turn.step(call)
  expect(await world.run(runId)).toMatchObject({
    ...{ inputTokens: 30_000, cachedInputTokens: 20_000, outputTokens: 1000 },
    cost: { cents: 0, unpriced: 0 },
  })
  await turn.reserve(19_000)
  await expect(turn.reserve(19_001)).rejects.toEqual(faulty("budget_exhausted"))
  // A simulated model's tokens cost nobody anything; its time does count.
  const { rows } = await world.db.adminPool.query(
    "select meter from usage_events where subject = $1",
    [runId],
  )
  expect(rows).toEqual([{ meter: "agent.milliseconds" }])
})

test("a worker that was overtaken writes nothing any more", async () => {
  const { runId } = await world.ask("Say hello")
  const slept = await turnOf(runId, 10)
  const newer = await turnOf(runId, 11)
  for (const write of [
    () => slept.step(call),
    () => slept.reserve(1),
    () => slept.progress({ state: "fixing" }),
  ]) {
    await expect(write()).rejects.toEqual(faulty("lease_lost"))
  }
  expect(await world.steps(runId)).toEqual([])
  await newer.step(call)
  expect(await world.steps(runId)).toHaveLength(1)
})

test("a wait for the provider outlives a restart with its beginning, and ends with an answer", async () => {
  const { runId } = await world.ask("Say hello")
  const waitOf = async () => (await world.run(runId)).tasks[0]?.providerWait
  const wait = (minute: number) => ({
    reason: "It is busy.",
    since: `2026-01-01T00:0${minute}:00.000Z`,
    until: `2026-01-01T00:0${minute + 1}:00.000Z`,
  })
  await (await turnOf(runId, 10)).waits(wait(1))
  expect(await waitOf()).toEqual(wait(1))
  const later = await turnOf(runId, 11)
  await later.waits(wait(5))
  expect(await waitOf()).toEqual({ ...wait(5), since: wait(1).since })
  await later.waits(null)
  expect(await waitOf()).toBeNull()
  await later.waits(wait(7))
  await later.step(call)
  expect(await waitOf()).toBeNull()
})

test("the same call cannot be recorded twice", async () => {
  const { runId } = await world.ask("Say hello")
  const turn = await turnOf(runId, 10)
  await turn.step(call)
  await expect(turn.step(call)).rejects.toThrow()
  expect(await world.run(runId)).toMatchObject({ inputTokens: 30_000 })
})

test("a run that spent its tokens has as many again when it is tried again", async () => {
  const perAnswer = { ...defaultBudgets.call, outputTokensMax: 1000 }
  const tight = { ...defaultBudgets, run: { tokensMax: 50_000 }, call: perAnswer }
  let greedy = true
  const spend = (seen: Seen) => (greedy && seen.about === "server" ? 49_000 : 10)
  const models = scriptedModels((seen) => ({ ...smallApp(seen), inputTokens: spend(seen) }))
  const spent = await agentsWorld({ models, budgets: tight })
  const { runId } = await spent.ask("Say hello")
  await spent.settle()
  const failed = await spent.run(runId)
  expect(failed).toMatchObject({
    ...{ state: "failed", tokensMax: 50_000 },
    failure: expect.stringMatching(/of its 50000 tokens left/),
  })

  greedy = false
  const used = failed.inputTokens + failed.outputTokens
  await spent.act((ctx) => retryRun(ctx, runId, tight.run))
  await spent.settle()
  const again = await spent.run(runId)
  expect(again).toMatchObject({ state: "succeeded", tokensMax: used + 50_000 })
  // The journal of both attempts, and what they used, are of one run.
  expect(again.inputTokens + again.outputTokens).toBeGreaterThan(used)
  await spent.close()
})

test("a run without enough tokens for an answer fails and says so", async () => {
  const tight = { ...defaultBudgets, run: { tokensMax: 1000 } }
  const small = await agentsWorld({ models: scriptedModels(smallApp), budgets: tight })
  const { runId } = await small.ask("Say hello")
  await small.settle()
  expect(await small.run(runId)).toMatchObject({
    state: "failed",
    failure: expect.stringMatching(/1000 of its 1000 tokens left/),
  })
  await small.close()
})
