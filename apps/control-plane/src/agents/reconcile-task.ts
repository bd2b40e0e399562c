import { fault, isFault } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import type { Verdict } from "@vibecaas/reconcile/limits"
import type { Turn } from "@vibecaas/reconcile/loop"
import { done, type Next } from "@vibecaas/reconcile/next"
import type { Actor } from "../core/ctx.ts"
import type { AgentsParts } from "./agents-parts.ts"
import { changedPaths } from "./changed-paths.ts"
import { findRun, lockRun } from "./queries/runs.ts"
import { listTaskSteps } from "./queries/steps.ts"
import { claimTask, findTask, listTasks, writeTask } from "./queries/tasks.ts"
import { lostRight, withdraw } from "./starter-rights.ts"
import { activeTaskStates, endedTaskStates, readyTasks } from "./task.ts"
import { runChanged } from "./tell.ts"
import { agentActor } from "./work/agent-actor.ts"
import type { ClaimedTask } from "./work/claimed-task.ts"
import { executeTask, type TaskEnd } from "./work/execute-task.ts"
import { prepareWork } from "./work/prepare-work.ts"

const actor: Actor = { kind: "system", id: null, name: "the platform" }

/** Works on one task from where its journal ends to its end. A turn lasts as long as that takes. */
export async function reconcileTask(parts: AgentsParts, turn: Turn): Promise<Next> {
  const claimed = await claim(parts, turn)
  if (!claimed) return done
  const cancelled = new AbortController()
  const signal = AbortSignal.any([turn.signal, cancelled.signal])
  const ended = new AbortController()
  const watch = watchForCancel(parts, claimed, { ended: ended.signal, cancelled })
  try {
    const work = await prepareWork(parts, claimed, signal)
    await finish(parts, claimed, await executeTask(work))
    return done
  } finally {
    ended.abort()
    await watch
  }
}

/** Gives the task to this turn; answers nothing when there is nothing to work on. */
async function claim(parts: AgentsParts, turn: Turn): Promise<ClaimedTask | undefined> {
  const { organizationId, id } = turn.key
  const head = await headOf(parts, turn)
  return parts.scope({ organizationId, actor, signal: turn.signal }, async (ctx) => {
    const found = await findTask(ctx.db, id)
    const run = found && (await lockRun(ctx.db, found.runId))
    if (!run) return undefined
    const tasks = await listTasks(ctx.db, [run.id])
    const task = tasks.find((each) => each.id === id)
    if (!task || endedTaskStates.includes(task.state)) return undefined
    const resumed = activeTaskStates.includes(task.state)
    const going = run.wanted !== "cancelled"
    if (!resumed && !(going && readyTasks(tasks).includes(task))) return undefined
    const lost = going ? await lostRight(ctx, run) : undefined
    if (lost !== undefined) {
      await withdraw(ctx, { run, task }, lost)
      return undefined
    }
    const fence = Number(turn.fence)
    const set = {
      ...(resumed ? {} : { state: "running" as const, commitBefore: head }),
      tries: Math.max(task.tries, task.triesBefore + 1),
      startedAt: task.startedAt ?? ctx.clock.now(),
    }
    if (!(await claimTask(ctx.db, id, { fence, set, at: ctx.clock.now() }))) return undefined
    if (!resumed) runChanged(ctx, run.id)
    const before = tasks.filter((each) => task.dependsOn.includes(each.id))
    const steps = await listTaskSteps(ctx.db, id, task.triesBefore)
    return { run, task: { ...task, ...set }, before, steps, fence, resumed }
  })
}

/** The project's newest commit, read outside of any transaction: it starts a process. */
async function headOf(parts: AgentsParts, turn: Turn): Promise<string | null> {
  const { organizationId, id } = turn.key
  const run = await parts.scope({ organizationId, actor, signal: turn.signal }, async (ctx) => {
    const task = await findTask(ctx.db, id)
    return task && findRun(ctx.db, task.runId)
  })
  return run ? parts.repositories.of(run.projectId).head() : null
}

/** Writes the end, and wakes the run to decide what comes next. */
async function finish(parts: AgentsParts, claimed: ClaimedTask, end: TaskEnd): Promise<void> {
  const { run, task, fence } = claimed
  const who = { organizationId: run.organizationId, actor: agentActor(run, task) }
  await parts.scope(who, async (ctx) => {
    if (!(await lockRun(ctx.db, run.id))) return
    const at = ctx.clock.now()
    const steps = await listTaskSteps(ctx.db, task.id, task.triesBefore)
    const set = {
      ...end,
      commitAfter:
        steps.findLast(({ commitAfter }) => commitAfter)?.commitAfter ?? task.commitBefore,
      filesChanged: changedPaths(steps).size,
      reservedTokens: 0,
      finishedAt: at,
    }
    if (!(await writeTask(ctx.db, task.id, { fence, set, at }))) return
    runChanged(ctx, run.id)
    ctx.wake("runs", run.id)
  })
}

/**
 * Stops the work soon after somebody cancelled the run or its project is to go: a command can take
 * minutes, and between calls nobody would look.
 */
async function watchForCancel(
  parts: AgentsParts,
  { run }: ClaimedTask,
  signals: { ended: AbortSignal; cancelled: AbortController },
): Promise<void> {
  const who = { organizationId: run.organizationId, actor }
  while (!signals.ended.aborted) {
    const now = await bestEffort(parts.log, "look for a cancelled run", () =>
      parts.scope(who, async (ctx) => (await findRun(ctx.db, run.id)) ?? "gone"),
    )
    if (now === "gone" || now?.wanted === "cancelled") {
      signals.cancelled.abort(fault("run_cancelled", { say: "The run was cancelled." }))
      return
    }
    await parts.clock.sleep(parts.watchEveryMs, signals.ended).catch(() => {})
  }
}

/** The task failed for a reason outside of it, with the sentence as its evidence. */
export async function giveUpTask(
  parts: AgentsParts,
  turn: Turn,
  { error }: Verdict,
): Promise<"give-up"> {
  const say = isFault(error) ? error.say : "Something went wrong on our side while working on it."
  const { organizationId, id } = turn.key
  await parts.scope({ organizationId, actor }, async (ctx) => {
    const found = await findTask(ctx.db, id)
    if (!found || !(await lockRun(ctx.db, found.runId))) return
    const at = ctx.clock.now()
    const set = { state: "failed" as const, evidence: say, reservedTokens: 0, finishedAt: at }
    if (!(await claimTask(ctx.db, id, { fence: Number(turn.fence), set, at }))) return
    runChanged(ctx, found.runId)
    ctx.wake("runs", found.runId)
  })
  return "give-up"
}
