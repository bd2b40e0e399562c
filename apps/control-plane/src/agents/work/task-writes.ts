import { monthlyOfModels } from "@vibecaas/contract/agent-limits"
import type { Meter } from "@vibecaas/contract/kinds"
import type { ProviderWait } from "@vibecaas/contract/provider-wait"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx, Parts } from "../../core/ctx.ts"
import { monthOf } from "../../core/month.ts"
import { release, reserveAll } from "../../quotas/index.ts"
import { meter } from "../../usage/index.ts"
import { beyondProject } from "../project-budget.ts"
import { markHeard } from "../queries/messages.ts"
import { addToRun, lockRun, usedByRun } from "../queries/runs.ts"
import { costAdded, type TaskWrite, writeTask } from "../queries/tasks.ts"
import { recordStep } from "../record-step.ts"
import type { RunRow } from "../run.ts"
import { noCall, type TaskRow } from "../task.ts"
import { runChanged } from "../tell.ts"
import { brief } from "../whole-words.ts"
import { asAgent } from "./as-agent.ts"
import { beyondRun, type WantedAnswer } from "./budget.ts"
import type { EndedCall } from "./journal.ts"
import { heardIn } from "./listen.ts"

export interface TaskWritesParts extends Pick<Parts, "scope"> {
  run: RunRow
  task: TaskRow
  /** of the turn that has the task: no write of an older turn is taken */
  fence: number
}

/**
 * The writes of one turn of one task, each a transaction that first makes sure that the turn still
 * has the task and that nobody cancelled the run.
 */
export interface TaskWrites {
  /** the journal row of a call that ended, its usage and its live event */
  step(call: EndedCall): Promise<void>
  /** that the task waits for its model's server, or with null that this answers */
  waits(wait: ProviderWait | null): Promise<void>
  /** sets aside what a model call may use, instead of what was set aside before */
  reserve(wanted: WantedAnswer): Promise<void>
  /** what the task is doing, for people */
  progress(set: TaskWrite): Promise<void>
}

export function makeTaskWrites(parts: TaskWritesParts): TaskWrites {
  // One that an earlier turn of the task wrote goes on: nobody has answered since.
  let waited = parts.task.providerWait
  return {
    step: (call) =>
      parts.scope(asAgent(parts.run, parts.task), async (ctx) => {
        await addStep(ctx, parts, call)
        if (waited || (call.spent && !call.spent.simulated)) runChanged(ctx, parts.run.id)
        waited = null
      }),
    waits: async (wait) => {
      if (!wait && !waited) return
      waited = wait && { ...wait, since: waited?.since ?? wait.since }
      await fenced(parts, { providerWait: waited }, async (ctx) => runChanged(ctx, parts.run.id))
    },
    reserve: (wanted) => {
      const set = { reservedTokens: wanted.tokens, reservedCost: wanted.cost }
      return fenced(parts, set, async (ctx, run) => {
        stopIfCancelled(run)
        const { id: exceptTaskId } = parts.task
        const say =
          beyondRun(await usedByRun(ctx.db, run, exceptTaskId), run, wanted) ??
          (await beyondProject(ctx, run.projectId, { wanted, exceptTaskId }))
        if (say) throw fault("budget_exhausted", { say })
        if (!wanted.simulated) await reserveMonth(ctx, parts.task.id, wanted)
      })
    },
    progress: (set) =>
      fenced(parts, set, async (ctx) => {
        runChanged(ctx, parts.run.id)
        // A check beside this one may have waited for it to come so far.
        if (set.state === "checking") ctx.wake("runs", parts.run.id)
      }),
  }
}

/**
 * How long a call takes nobody knows before it: it needs a moment of the month's time, and is
 * counted when it ended.
 *
 * @throws Fault `quota_exceeded`
 */
async function reserveMonth(
  ctx: Ctx,
  subject: string,
  { cost, tokens }: WantedAnswer,
): Promise<void> {
  await reserveAll(ctx, subject, [
    ...(cost > 0 ? [["model_microdollars", cost] as const] : []),
    ["model_tokens", tokens],
    ["agent_milliseconds", 1],
  ])
}

/** @throws Fault `run_cancelled` */
export function stopIfCancelled(run: Pick<RunRow, "wanted">): void {
  if (run.wanted === "cancelled") throw fault("run_cancelled", { say: "The run was cancelled." })
}

/**
 * A write of a turn that still has its task.
 *
 * @throws Fault `lease_lost`
 */
export async function fenced(
  parts: TaskWritesParts,
  set: TaskWrite,
  action: (ctx: Ctx, run: RunRow) => Promise<void>,
): Promise<void> {
  const { run, task, fence } = parts
  await parts.scope(asAgent(run, task), async (ctx) => {
    const now = await lockRun(ctx.db, run.id)
    const at = ctx.clock.now()
    const mine = now && (await writeTask(ctx.db, task.id, { fence, set, at }))
    if (!mine) throw taskLost(task.id)
    await action(ctx, now)
  })
}

/** Retryable: whoever has the task now carries on. */
export const taskLost = (taskId: string) =>
  fault("lease_lost", {
    say: "Another worker has taken over this task.",
    note: `${taskId} has a newer fence or is gone`,
    retryable: true,
  })

async function addStep(
  ctx: Ctx,
  { run, task, fence }: TaskWritesParts,
  call: EndedCall,
): Promise<void> {
  const { spent, durationMs } = call
  const commit = call.changed?.commit ?? null
  const month = monthOf(ctx.clock.now())
  const set = { ...noCall, ...costAdded(spent) }
  const mine =
    (await addToRun(ctx.db, run.id, { spent, durationMs, commit, month })) &&
    (await writeTask(ctx.db, task.id, { fence, set, at: ctx.clock.now() }))
  if (!mine) throw taskLost(task.id)
  if (call.kind === "model" && !spent?.simulated) await release(ctx, monthlyOfModels, task.id)
  const heard = call.kind === "message" ? heardIn(call) : []
  if (heard.length > 0) {
    const upTo = Math.max(...heard.map(({ number }) => number))
    await markHeard(ctx.db, run.id, { upTo, at: ctx.clock.now() })
    runChanged(ctx, run.id)
  }
  await meterCall(ctx, { run, task }, call)
  await recordStep(ctx, run, rowOf(ctx, { run, task }, call))
}

function rowOf(ctx: Ctx, { run, task }: Pick<TaskWritesParts, "run" | "task">, call: EndedCall) {
  return {
    id: ctx.newId("stp"),
    organizationId: run.organizationId,
    runId: run.id,
    taskId: task.id,
    tryNumber: call.tryNumber,
    callKey: call.callKey,
    kind: call.kind,
    name: call.name,
    title: brief(call.title.replaceAll("\0", "").toWellFormed(), 300),
    ok: call.ok,
    input: call.kind === "tool" ? briefly(call.input) : call.input,
    output: call.output,
    truncated: call.truncated ?? false,
    commitAfter: call.changed?.commit ?? null,
    linesAdded: call.changed?.linesAdded ?? null,
    linesRemoved: call.changed?.linesRemoved ?? null,
    startedAt: call.startedAt,
    durationMs: call.durationMs,
    cost: call.spent?.cost ?? null,
    ...measures(call),
  }
}

function measures({ measured, spent }: EndedCall) {
  return {
    provider: measured?.provider ?? null,
    requests: measured?.requests ?? null,
    firstMs: measured?.firstMs ?? null,
    answerMs: measured?.answerMs ?? null,
    outputTokens: spent && !spent.estimated ? spent.output : null,
  }
}

/** The model's answer has the whole input already; the tool's row need not repeat a long file. */
function briefly(input: unknown): unknown {
  if (typeof input !== "object" || input === null) return input
  const cut = (_: string, value: unknown) =>
    typeof value === "string" && value.length > 8000 ? `${value.slice(0, 8000)}…` : value
  return JSON.parse(JSON.stringify(input, cut))
}

/** Tokens count when a real model told them; time counts for every call. */
async function meterCall(
  ctx: Ctx,
  { run, task }: Pick<TaskWritesParts, "run" | "task">,
  call: EndedCall,
): Promise<void> {
  const { spent } = call
  const quantities: [Meter, number][] = [["agent.milliseconds", call.durationMs]]
  if (spent && !spent.estimated && !spent.simulated) {
    quantities.push(["agent.tokens.input", spent.input], ["agent.tokens.output", spent.output])
    quantities.push(["agent.microdollars", spent.cost ?? 0])
  }
  for (const [name, quantity] of quantities) {
    if (quantity === 0) continue
    const sourceKey = `${task.id}/${call.tryNumber}/${call.callKey}`
    await meter(ctx, { meter: name, quantity, sourceKey, subject: run.id })
  }
}
