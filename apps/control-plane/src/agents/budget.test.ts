import type { FaultCode } from "@vibecaas/contract/faults"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { meter } from "../usage/index.ts"
import { cancelRun } from "./cancel-run.ts"
import type { Models } from "./models/model.ts"
import { changeBudget, showBudget } from "./project-budget.ts"
import { findRun } from "./queries/runs.ts"
import { claimTask, findTask } from "./queries/tasks.ts"
import { beginRun } from "./start-run.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { type Seen, scriptedModels } from "./testing/scripted-model.ts"
import { smallApp } from "./testing/small-app.ts"
import { defaultBudgets, type WantedAnswer } from "./work/budget.ts"
import { makeTaskWrites, type TaskWrites } from "./work/task-writes.ts"

let world: AgentsWorld
const budgets = { ...defaultBudgets, run: { ...defaultBudgets.run, tokensMax: 50_000 } }

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
/** The script under the name of a model that has a price. */
function pricedModels(): Models {
  const { model } = scriptedModels(smallApp).for("planning")
  const info = { provider: "anthropic", model: "claude-haiku-4-5", simulated: false, label: "x" }
  return { for: () => ({ model, info, trust: "untrusted" }) }
}

const tokens = (amount: number) => ({ tokens: amount, cost: 0, simulated: true })
const faulty = (code: FaultCode) => expect.toSatisfy((error: unknown) => isFault(error, code))

test("tokens are set aside before a call and settled after it", async () => {
  const { runId } = await world.ask("Say hello")
  const turn = await turnOf(runId, 10)
  await turn.reserve(tokens(40_000))
  await turn.step(call)
  expect(await world.run(runId)).toMatchObject({
    ...{ inputTokens: 30_000, cachedInputTokens: 20_000, outputTokens: 1000 },
    cost: { cents: 0, unpriced: 0 },
  })
  await turn.reserve(tokens(19_000))
  await expect(turn.reserve(tokens(19_001))).rejects.toEqual(faulty("budget_exhausted"))
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
    () => slept.reserve(tokens(1)),
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
  const tight = {
    ...defaultBudgets,
    run: { ...defaultBudgets.run, tokensMax: 50_000 },
    call: perAnswer,
  }
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
  await spent.retry(runId)
  await spent.settle()
  const again = await spent.run(runId)
  expect(again).toMatchObject({ state: "succeeded", tokensMax: used + 50_000 })
  // The journal of both attempts, and what they used, are of one run.
  expect(again.inputTokens + again.outputTokens).toBeGreaterThan(used)
  await spent.close()
})

test("a run without enough tokens for an answer fails and says so", async () => {
  const tight = { ...defaultBudgets, run: { ...defaultBudgets.run, tokensMax: 1000 } }
  const small = await agentsWorld({ models: scriptedModels(smallApp), budgets: tight })
  const { runId } = await small.ask("Say hello")
  await small.settle()
  expect(await small.run(runId)).toMatchObject({
    state: "failed",
    failure: expect.stringMatching(/1000 of its 1000 tokens left/),
  })
  await small.close()
})

test("a run without enough money for an answer fails and says so", async () => {
  const cheap = { ...defaultBudgets, run: { ...defaultBudgets.run, centsMax: 1 } }
  const poor = await agentsWorld({ models: pricedModels(), budgets: cheap })
  const { runId } = await poor.ask("Say hello")
  await poor.settle()
  expect(await poor.run(runId)).toMatchObject({
    ...{ state: "failed", centsMax: 1, cost: { cents: 0, unpriced: 0 } },
    failure: expect.stringMatching(
      /\$0\.01 of its \$0\.01 left, too little .* which may cost \$0\.1/,
    ),
  })
  await poor.close()
})

test("a run that worked all of its minutes fails and says so", async () => {
  const { runId } = await world.ask("Say hello")
  const turn = await turnOf(runId, 10)
  await turn.step({ ...call, durationMs: defaultBudgets.run.minutesMax * 60_000 })
  const refusal = await turn.reserve(tokens(1)).catch((error: unknown) => error)
  expect(isFault(refusal, "budget_exhausted") && refusal.say).toBe(
    "The run used all of its 240 minutes.",
  )
})

test("an organization that used its month's money starts no run, and is told until when", async () => {
  const rich = await agentsWorld({ models: pricedModels() })
  const spend = (quantity: number) =>
    rich.act((ctx) =>
      meter(ctx, {
        meter: "agent.microdollars",
        quantity,
        sourceKey: `${quantity}`,
        subject: "run",
      }),
    )
  // The plan of the test allows a thousand dollars; an answer may cost more than what is left.
  await spend(999_999_999)
  const { runId } = await rich.ask("Say hello")
  await rich.settle()
  expect((await rich.run(runId)).failure).toMatch(
    /The team plan allows \$1,000\.00 of answers of models a month; .* begins anew on 1 \w+ \(UTC\)/,
  )
  await spend(1)
  await expect(rich.ask("Say hello")).rejects.toEqual(faulty("quota_exceeded"))
  await expect(rich.retry(runId)).rejects.toEqual(faulty("quota_exceeded"))
  await rich.close()
})

test.each([
  ["agent.tokens.output", 2_500_000_000, "2,500,000,000 tokens of models a month"],
  ["agent.milliseconds", 9_000_000_000, "150,000 minutes of work of agents a month"],
] as const)(
  "an organization that used its month's %s gets no other answer, and starts no run",
  async (name, quantity, words) => {
    const rich = await agentsWorld({ models: pricedModels() })
    const { runId } = await rich.ask("Say hello")
    await rich.act((ctx) =>
      meter(ctx, { meter: name, quantity, sourceKey: "earlier", subject: "run" }),
    )
    await rich.settle()
    expect((await rich.run(runId)).failure).toContain(`The team plan allows ${words}; `)
    await expect(rich.ask("Say hello")).rejects.toEqual(faulty("quota_exceeded"))
    await rich.close()
  },
)

test("what answers cost is set aside from the month, and settled by what they did cost", async () => {
  const rich = await agentsWorld({ models: pricedModels() })
  const { runId } = await rich.ask("Say hello")
  await rich.settle()
  const { cost } = await rich.run(runId)
  const { rows } = await rich.db.adminPool.query(
    "select (select sum(quantity) from usage_events where meter = 'agent.microdollars')::float8 as metered, (select count(*) from quota_reservations where resource in ('model_microdollars', 'model_tokens', 'agent_milliseconds'))::int as reserved",
  )
  expect(rows).toEqual([{ metered: cost.cents * 10_000, reserved: 0 }])
  await rich.close()
})

test("a project's budget of a month counts all of its runs, says which part is used up, and can be raised", async () => {
  const { projectId, runId } = await world.ask("Say hello")
  const set = (limits: Parameters<typeof changeBudget>[1]["set"], ifMatch?: number) =>
    world.act((ctx) => changeBudget(ctx, { projectId, ifMatch, set: limits }))
  const turn = await turnOf(runId, 10)
  await turn.step(call)
  expect(await set({ tokensMax: 40_000, centsMax: 5, minutesMax: 1 }, 0)).toMatchObject({
    used: { tokens: 31_000, cents: 0, minutes: 5 / 60_000 },
    version: 1,
  })
  const refusal = async (wanted: WantedAnswer) =>
    turn.reserve(wanted).then(
      () => undefined,
      (error: unknown) => (isFault(error, "budget_exhausted") ? error.say : error),
    )
  expect(await refusal(tokens(9000))).toBeUndefined()
  expect(await refusal(tokens(9001))).toMatch(
    /^The project’s budget has 9000 of this month’s 40000 tokens left, .* begins anew on 1 \w+ \(UTC\)/,
  )
  expect(await refusal({ ...tokens(1), cost: 50_001 })).toMatch(
    /has \$0\.05 of this month’s \$0\.05/,
  )
  const { spent: _, ...tool } = { ...call, kind: "tool" as const, callKey: "c1" }
  await turn.step({ ...tool, durationMs: 60_000 })
  expect(await refusal(tokens(1))).toMatch(/used all of the 1 minutes that its budget has/)
  await expect(set({ tokensMax: null }, 0)).rejects.toEqual(faulty("version_mismatch"))

  await world.act((ctx) => cancelRun(ctx, runId))
  await world.settle()
  await expect(world.ask("Another", projectId)).rejects.toEqual(faulty("quota_exceeded"))
  await expect(world.retry(runId)).rejects.toEqual(faulty("quota_exceeded"))
  await set({ tokensMax: null, minutesMax: null })
  await world.ask("Another", projectId)
  await world.settle()
})

test("runs beside each other share their project's budget: of two answers that do not both fit, one is given", async () => {
  const { projectId, runId } = await world.ask("Say hello")
  const parts = { ...world.parts, models: scriptedModels(smallApp), budgets }
  const request = { projectId, goal: "Say hello too" }
  const other = await world.act((ctx) => beginRun(ctx, parts, request))
  await world.act((ctx) => changeBudget(ctx, { projectId, ifMatch: 0, set: { tokensMax: 40_000 } }))
  const turns = [await turnOf(runId, 10), await turnOf(other.id, 10)]
  const ends = await Promise.allSettled(turns.map((turn) => turn.reserve(tokens(30_000))))
  expect(ends.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"])
  for (const id of [runId, other.id]) await world.act((ctx) => cancelRun(ctx, id))
  await world.settle()
})

test("what a project used before this month counts no more", async () => {
  const { projectId } = await world.ask("Say hello")
  await world.db.adminPool.query(
    `insert into project_months (project_id, organization_id, month, tokens, cost, ms)
     select id, organization_id, date_trunc('month', now() - interval '40 days'), 9, 9, 9
     from projects where id = $1`,
    [projectId],
  )
  const { used } = await world.act((ctx) => showBudget(ctx, projectId))
  expect(used).toEqual({ tokens: 0, cents: 0, minutes: 0 })
  await world.settle()
})
