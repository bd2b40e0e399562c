import { isFault } from "@vibecaas/kernel/fault"
import type { Key } from "@vibecaas/reconcile/key"
import type { Verdict } from "@vibecaas/reconcile/limits"
import { again, done, type Next } from "@vibecaas/reconcile/next"
import type { Actor, Ctx } from "../core/ctx.ts"
import { releaseHold } from "../core/holds.ts"
import { record } from "../core/record.ts"
import { needProject, suggestName } from "../projects/index.ts"
import { release } from "../quotas/index.ts"
import type { AgentsParts } from "./agents-parts.ts"
import { type Plan, tasksOfPlan } from "./plan.ts"
import { deleteRun, lockRun, moveRun, type RunChange } from "./queries/runs.ts"
import { listTaskSteps } from "./queries/steps.ts"
import { insertTasks, listTasks, moveTasks } from "./queries/tasks.ts"
import { type RunRow, runInWords, unfinishedRunStates } from "./run.ts"
import { activeTaskStates, readyTasks, runOutcome, type TaskRow, unreachableTasks } from "./task.ts"
import { runChanged } from "./tell.ts"
import { planOutcome } from "./tools/planning-tools.ts"

const actor: Actor = { kind: "system", id: null, name: "the platform" }

/**
 * Brings one run forward by what its tasks say: plans become tasks, ready tasks are woken, ended
 * tasks end the run. A turn is one short transaction; the work itself is done by the tasks' loop.
 */
export function reconcileRun(parts: Pick<AgentsParts, "scope">, key: Key): Promise<Next> {
  const { organizationId, id } = key
  return parts.scope({ organizationId, actor }, async (ctx) => {
    const run = await lockRun(ctx.db, id)
    if (!run) return done
    const project = await needProject(ctx, run.projectId)
    if (project.wanted === "gone") return tearDown(ctx, run)
    if (!unfinishedRunStates.includes(run.state)) return done
    return run.wanted === "cancelled" ? cancel(ctx, run) : advance(ctx, run)
  })
}

/** The project is to go: the run is stopped like a cancelled one, then its rows go. */
async function tearDown(ctx: Ctx, run: RunRow): Promise<Next> {
  if (unfinishedRunStates.includes(run.state)) {
    const set = { wanted: "cancelled" as const }
    await moveRun(ctx.db, run.id, { from: run.state, set, at: ctx.clock.now() })
    const next = await cancel(ctx, run)
    if (next.kind === "again") return next
  }
  await deleteRun(ctx.db, run.id)
  const on = { loop: "projects", id: run.projectId } as const
  await releaseHold(ctx, { on, by: { loop: "runs", id: run.id } })
  return done
}

/** Nothing new starts; what is at work notices and stops; then the run is cancelled. */
async function cancel(ctx: Ctx, run: RunRow): Promise<Next> {
  const tasks = await listTasks(ctx.db, [run.id])
  const at = ctx.clock.now()
  await moveTasks(ctx.db, idsOf(tasks), {
    from: ["waiting"],
    set: { state: "cancelled", finishedAt: at },
    at,
  })
  const active = tasks.filter(({ state }) => activeTaskStates.includes(state))
  for (const { id } of active) ctx.wake("tasks", id)
  if (active.length > 0) return again(2000)
  await finish(ctx, run, { state: "cancelled" })
  return done
}

async function advance(ctx: Ctx, run: RunRow): Promise<Next> {
  if (run.state === "queued") {
    const at = ctx.clock.now()
    const set = { state: "planning" as const, startedAt: run.startedAt ?? at }
    await moveRun(ctx.db, run.id, { from: "queued", set, at })
    runChanged(ctx, run.id)
    return wakeReady(ctx, run)
  }
  return run.state === "planning" ? takePlan(ctx, run) : follow(ctx, run)
}

/** Starts what the plan says, once there is one. */
async function takePlan(ctx: Ctx, run: RunRow): Promise<Next> {
  const [planning] = await listTasks(ctx.db, [run.id])
  if (planning?.state === "failed") {
    await finish(ctx, run, { state: "failed", failure: planning.evidence ?? "Planning failed." })
    return done
  }
  if (planning?.state !== "succeeded") return wakeReady(ctx, run)
  const outcome = await planFrom(ctx, planning)
  if (!outcome) {
    await finish(ctx, run, { state: "failed", failure: "There is no plan." })
    return done
  }
  if ("declined" in outcome) {
    const { declined } = outcome
    await finish(ctx, run, { state: "failed", summary: declined, failure: declined })
    return done
  }
  await start(ctx, { run, planning }, outcome.plan)
  return wakeReady(ctx, run)
}

/** What the planning task handed over, from its journal. */
async function planFrom(ctx: Ctx, planning: TaskRow) {
  const steps = await listTaskSteps(ctx.db, planning.id, planning.triesBefore)
  const read = steps.map(({ kind, ok, output }) =>
    kind === "tool" && ok ? planOutcome.safeParse(output).data : undefined,
  )
  return read.findLast((each) => each !== undefined)
}

async function start(
  ctx: Ctx,
  { run, planning }: { run: RunRow; planning: TaskRow },
  plan: Plan,
): Promise<void> {
  const { name, summary, notes } = plan
  if (name !== undefined) await suggestName(ctx, run.projectId, name)
  const set = { state: "running" as const, summary, notes }
  await moveRun(ctx.db, run.id, { from: "planning", set, at: ctx.clock.now() })
  const newId = () => ctx.newId("tsk")
  const tasks = tasksOfPlan(plan, { planningTaskId: planning.id, newId })
  await insertTasks(ctx.db, { organizationId: run.organizationId, runId: run.id }, tasks)
  runChanged(ctx, run.id)
}

/** Wakes what can start, skips what never can, and ends the run when nothing is left. */
async function follow(ctx: Ctx, run: RunRow): Promise<Next> {
  const before = await listTasks(ctx.db, [run.id])
  const at = ctx.clock.now()
  await moveTasks(ctx.db, idsOf(unreachableTasks(before)), {
    from: ["waiting"],
    set: { state: "skipped", finishedAt: at },
    at,
  })
  const tasks = await listTasks(ctx.db, [run.id])
  const outcome = runOutcome(tasks)
  if (outcome) {
    await finish(ctx, run, { state: outcome, failure: failureOf(tasks) })
    return done
  }
  runChanged(ctx, run.id)
  return wakeReady(ctx, run)
}

async function wakeReady(ctx: Ctx, run: RunRow): Promise<Next> {
  const tasks = await listTasks(ctx.db, [run.id])
  for (const { id } of readyTasks(tasks)) ctx.wake("tasks", id)
  return done
}

function failureOf(tasks: readonly TaskRow[]): string | null {
  const failed = tasks.find(({ state }) => state === "failed")
  return failed ? `${failed.title}: ${(failed.evidence ?? "it failed").slice(0, 2000)}` : null
}

async function finish(
  ctx: Ctx,
  run: RunRow,
  set: RunChange & { state: "succeeded" | "failed" | "cancelled" },
): Promise<void> {
  const at = ctx.clock.now()
  if (!(await moveRun(ctx.db, run.id, { from: run.state, set: { ...set, finishedAt: at }, at })))
    return
  await release(ctx, "concurrent_runs", run.id)
  const details = { about: runInWords(run), state: set.state }
  record(ctx, { action: "run.finish", subject: run.id, details })
  runChanged(ctx, run.id)
}

const idsOf = (tasks: readonly TaskRow[]) => tasks.map(({ id }) => id)

/**
 * The run failed for a reason outside of its tasks: those that wait never start, and who is at work
 * notices and stops. What is to be torn down is tried for ever: nothing may be left.
 */
export function giveUpRun(
  parts: Pick<AgentsParts, "scope">,
  { organizationId, id }: Key,
  { error }: Verdict,
): Promise<"give-up" | "keep-trying"> {
  const failure = isFault(error) ? error.say : "Something went wrong on our side."
  return parts.scope({ organizationId, actor }, async (ctx) => {
    const run = await lockRun(ctx.db, id)
    if (!run) return "give-up"
    if ((await needProject(ctx, run.projectId)).wanted === "gone") return "keep-trying"
    if (!unfinishedRunStates.includes(run.state)) return "give-up"
    const waiting = idsOf(await listTasks(ctx.db, [id]))
    const at = ctx.clock.now()
    const skip = { state: "skipped", finishedAt: at } as const
    await moveTasks(ctx.db, waiting, { from: ["waiting"], set: skip, at })
    await finish(ctx, run, { state: "failed", failure, wanted: "cancelled" })
    return "give-up"
  })
}
