import { monthlyOfModels } from "@vibecaas/contract/agent-limits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import { minutes } from "@vibecaas/reconcile/next"
import type { Ctx } from "../core/ctx.ts"
import { actAsPlatform, inTurn, type Resource } from "../core/resource.ts"
import { type Failure, worldLoop } from "../core/resource-loop.ts"
import { release } from "../quotas/index.ts"
import type { AgentsParts } from "./agents-parts.ts"
import { changedPaths } from "./changed-paths.ts"
import { nextTaskStep, type TaskStep } from "./next-task-step.ts"
import { listMessages, markHeard } from "./queries/messages.ts"
import { findRun, lockRun } from "./queries/runs.ts"
import { listTaskSteps } from "./queries/steps.ts"
import { claimTask, findTask, listTasks, writeTask } from "./queries/tasks.ts"
import type { RunRow } from "./run.ts"
import { repositoryOf } from "./run-repository.ts"
import { lostRight, withdraw } from "./starter-rights.ts"
import { endedTaskStates, noCall, type TaskRow, triesOf } from "./task.ts"
import { runChanged } from "./tell.ts"
import { asAgent } from "./work/as-agent.ts"
import type { ClaimedTask } from "./work/claimed-task.ts"
import { executeTask, type TaskEnd } from "./work/execute-task.ts"
import { readHandOver } from "./work/hand-over.ts"
import { prepareWork } from "./work/prepare-work.ts"

/** A task with what decides whether it can be worked on; its run is locked first. */
interface TaskInRun {
  id: IdOf<"task">
  task: TaskRow
  run: RunRow
  tasks: TaskRow[]
}

const taskResource: Resource<TaskInRun> = {
  noun: "task",
  loop: "tasks",
  async find(ctx, id) {
    const found = await findTask(ctx.db, id)
    const run = found && (await lockRun(ctx.db, found.runId))
    if (!run) return undefined
    const tasks = await listTasks(ctx.db, [run.id])
    const task = tasks.find((each) => each.id === id)
    return task && { id, task, run, tasks }
  },
  about: async (_, { task }) => task.title,
  tell: (ctx, { run }) => runChanged(ctx, run.id),
}

/** Works on tasks from where their journals end to their end. A turn lasts as long as that takes. */
export function taskLoop(parts: AgentsParts): LoopDefinition {
  return worldLoop<TaskInRun, undefined, TaskStep>(parts, {
    of: taskResource,
    description: "Lets an agent work on one task until its check proves it",
    concurrency: parts.tasksAtOnce,
    // The budget ends a task in time; this only ends a turn that hangs outside of any call. What it
    // waits for a provider comes on top: such a turn is taken up again where it was.
    limits: { triesMax: 6, turnMsMax: minutes(parts.budgets.task.minutesMax + 120) },
    due: parts.due.tasks,
    // What decides is in the rows that were found.
    look: async () => undefined,
    next: ({ task, ...rows }) => nextTaskStep(task, rows),
    take: (_, { turn, row }) => work(parts, turn, row),
    ending: () => false,
    fail,
  })
}

async function work(parts: AgentsParts, turn: Turn, { id, run }: TaskInRun): Promise<void> {
  // Read outside of any transaction: it starts a process.
  const head = await repositoryOf(parts.repositories, run).head()
  const claimed = await claim(parts, turn, { id, head })
  if (!claimed) return
  const cancelled = new AbortController()
  const signal = AbortSignal.any([turn.signal, cancelled.signal])
  const ended = new AbortController()
  const signals = { ended: ended.signal, cancelled }
  const watch = watchForCancel(parts, { turn, run: claimed.run }, signals)
  try {
    const prepared = await prepareWork(parts, claimed, signal)
    await finish(parts, claimed, await executeTask(prepared))
  } finally {
    ended.abort()
    await watch
  }
}

/** Gives the task to this turn; nothing when it cannot be worked on any more. */
function claim(
  parts: AgentsParts,
  turn: Turn,
  { id, head }: { id: IdOf<"task">; head: string | null },
): Promise<ClaimedTask | undefined> {
  return inTurn(parts, turn, async (ctx) => {
    const found = await taskResource.find(ctx, id)
    const step = found && nextTaskStep(found.task, found)
    if (!found || step?.do !== "work") return undefined
    const { run, task, tasks } = found
    const lost = run.wanted === "cancelled" ? undefined : await lostRight(ctx, run)
    if (lost !== undefined) {
      await withdraw(ctx, { run, task }, lost)
      return undefined
    }
    const { resumed } = step
    const fence = Number(turn.fence)
    const set = {
      ...(resumed ? {} : await beginning(ctx, run, head)),
      tries: triesOf(task),
      startedAt: task.startedAt ?? ctx.clock.now(),
    }
    if (!(await claimTask(ctx.db, task.id, { fence, set, at: ctx.clock.now() }))) return undefined
    if (!resumed) runChanged(ctx, run.id)
    const handOver = await readHandOver(ctx.db, { run, task: { ...task, ...set }, tasks })
    const steps = await listTaskSteps(ctx.db, task.id, task.triesBefore)
    // The planning task comes first, and is at the files that the run found.
    const start =
      task.position === 0 ? (set.commitBefore ?? task.commitBefore) : tasks[0]?.commitBefore
    return {
      run,
      task: { ...task, ...set },
      tasks,
      handOver,
      start: start ?? null,
      steps,
      fence,
      resumed,
    }
  })
}

/** What a task begins with: the files, and how much people had written to its run. */
async function beginning(ctx: Ctx, run: RunRow, head: string | null) {
  const messagesBefore = (await listMessages(ctx.db, [run.id])).length
  if (messagesBefore > 0) {
    await markHeard(ctx.db, run.id, { upTo: messagesBefore, at: ctx.clock.now() })
  }
  return { state: "running" as const, commitBefore: head, messagesBefore }
}

/** Writes how the task ended; one whose check waits, or that waits for a person, has not. */
async function finish(parts: AgentsParts, claimed: ClaimedTask, end: TaskEnd): Promise<void> {
  if (!endedTaskStates.includes(end.state)) return
  const { run, task, fence } = claimed
  await parts.scope(asAgent(run, task), async (ctx) => {
    if (!(await lockRun(ctx.db, run.id))) return
    const at = ctx.clock.now()
    const steps = await listTaskSteps(ctx.db, task.id, task.triesBefore)
    const set = {
      ...end,
      commitAfter:
        steps.findLast(({ commitAfter }) => commitAfter)?.commitAfter ?? task.commitBefore,
      filesChanged: changedPaths(steps).size,
      ...noCall,
      finishedAt: at,
    }
    if (!(await writeTask(ctx.db, task.id, { fence, set, at }))) return
    await ended(ctx, claimed)
  })
  parts.meters?.task(task.role, end.state)
}

/**
 * Stops the work soon after somebody cancelled the run or its project is to go: a command can take
 * minutes, and between calls nobody would look. Both wake the task; looking now and then is for
 * wakes that were lost.
 */
async function watchForCancel(
  parts: AgentsParts,
  { turn, run }: { turn: Turn; run: RunRow },
  signals: { ended: AbortSignal; cancelled: AbortController },
): Promise<void> {
  const { organizationId } = run
  let nap = new AbortController()
  const wakeUp = () => nap.abort()
  turn.onWake(wakeUp)
  signals.ended.addEventListener("abort", wakeUp, { once: true })
  while (!signals.ended.aborted) {
    nap = new AbortController()
    const now = await bestEffort(parts.log, "look for a cancelled run", () =>
      actAsPlatform(
        parts,
        { organizationId, readOnly: true },
        async (ctx) => (await findRun(ctx.db, run.id)) ?? "gone",
      ),
    )
    if (now === "gone" || now?.wanted === "cancelled") {
      signals.cancelled.abort(fault("run_cancelled", { say: "The run was cancelled." }))
      return
    }
    if (!signals.ended.aborted)
      await parts.clock.sleep(parts.watchEveryMs, nap.signal).catch(() => {})
  }
}

/** The task failed for a reason outside of it, with the sentence as its evidence. */
async function fail(ctx: Ctx, { task, run }: TaskInRun, { say, turn }: Failure): Promise<void> {
  const at = ctx.clock.now()
  const set = { ...noCall, state: "failed" as const, evidence: say, finishedAt: at }
  if (!(await claimTask(ctx.db, task.id, { fence: Number(turn.fence), set, at }))) return
  await ended(ctx, { run, task })
}

/** What follows from a task's end: what it set aside is given back, and its run decides what comes next. */
async function ended(ctx: Ctx, { run, task }: Pick<TaskInRun, "run" | "task">): Promise<void> {
  await release(ctx, monthlyOfModels, task.id)
  runChanged(ctx, run.id)
  ctx.wake("runs", run.id)
}
