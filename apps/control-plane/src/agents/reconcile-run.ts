import type { Clause } from "@vibecaas/contract/goal"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { releaseHold } from "../core/holds.ts"
import { record } from "../core/record.ts"
import { rowsLoop } from "../core/resource-loop.ts"
import { needProject, suggestName } from "../projects/index.ts"
import { release } from "../quotas/index.ts"
import type { AgentsParts } from "./agents-parts.ts"
import { removeAttachmentsOf } from "./attachments/upload-attachment.ts"
import { seeIdleDraft } from "./idle-draft.ts"
import { askLeave, seeLeave } from "./leave-to-go-live.ts"
import { needRun } from "./need-run.ts"
import {
  comparisonOf,
  nextRunStep,
  type RunEnd,
  type RunStep,
  type SeenRun,
} from "./next-run-step.ts"
import { clausesOfPlan, type Plan, tasksOfPlan } from "./plan.ts"
import type { ProposalParts } from "./proposals/confirm-proposal.ts"
import { listAccounts } from "./queries/accounts.ts"
import { listAttachments } from "./queries/attachments.ts"
import { withdrawInquiries } from "./queries/inquiries.ts"
import { listMessages } from "./queries/messages.ts"
import { deleteRun, listUnfinishedRuns, moveRun, type RunChange } from "./queries/runs.ts"
import { listTaskSteps } from "./queries/steps.ts"
import { insertTasks, listTasks, moveTasks } from "./queries/tasks.ts"
import { followRedirect } from "./redirect-run.ts"
import { type RunRow, runInWords, unfinishedRunStates } from "./run.ts"
import { runResource } from "./run-resource.ts"
import { idleTaskStates, runOutcome, type TaskRow } from "./task.ts"
import { runChanged } from "./tell.ts"
import { planOutcome } from "./tools/planning-tools.ts"

/**
 * Brings runs forward by what their tasks say: plans become tasks, ready tasks are woken, ended
 * tasks end the run. The work itself is done by the tasks' loop.
 */
export function runLoop(parts: RunParts) {
  return rowsLoop<RunRow, SeenRun, RunStep>(parts, {
    of: runResource,
    description: "Turns plans into tasks, starts what is ready and ends runs",
    concurrency: 4,
    due: parts.due.runs,
    look: (ctx, run) => look(parts, ctx, run),
    next: nextRunStep,
    take: (ctx, step, { row }) => take({ ...parts, ctx, run: row }, step),
    ending: async (ctx, run) => (await needProject(ctx, run.projectId)).wanted === "gone",
    fail: (ctx, run, why) => fail({ ...parts, ctx, run }, why),
  }) satisfies LoopDefinition
}

type RunParts = ProposalParts &
  Pick<AgentsParts, "scope" | "clock" | "newId" | "log" | "due" | "machines" | "pictures">

/** What a turn writes with. */
interface RunTurn extends ProposalParts, Pick<AgentsParts, "machines" | "pictures"> {
  ctx: Ctx
  run: RunRow
}

async function look(parts: RunParts, ctx: Ctx, run: RunRow): Promise<SeenRun> {
  const { machines } = parts
  const { wanted } = await needProject(ctx, run.projectId)
  const promotion = run.promoting
    ? await machines.promotion(ctx, { ...askedBy(run), commit: run.promoting })
    : undefined
  const tasks = await listTasks(ctx.db, [run.id])
  const proved = run.state === "running" && runOutcome(tasks) === "succeeded"
  const leave = proved && !promotion ? await seeLeave(ctx, run) : "given"
  const unfinished = unfinishedRunStates.includes(run.state)
  const draftUntil = unfinished ? await seeIdleDraft(parts, ctx, { run, tasks }) : undefined
  const ended = runOutcome(tasks) ? tasks.map(({ id }) => id) : []
  const accounts = await listAccounts(ctx.db, ended)
  const messages = (ended.length > 0 ? await listMessages(ctx.db, [run.id]) : [])
    .filter(({ heardAt }) => heardAt !== null)
    .map(({ text }) => text)
  return { tasks, going: wanted === "gone", promotion, leave, accounts, messages, draftUntil }
}

const askedBy = ({ id, projectId }: RunRow) => ({ projectId, by: { loop: "runs", id } as const })

async function take(turn: RunTurn, step: RunStep): Promise<void> {
  const { ctx, run, machines } = turn
  const at = ctx.clock.now()
  switch (step.do) {
    case "ask-to-stop":
      return void (await moveRun(ctx.db, run.id, {
        from: run.state,
        set: { wanted: "cancelled" },
        at,
      }))
    case "end-waiting": {
      const set = { state: step.as, finishedAt: at }
      await moveTasks(ctx.db, step.ids, { from: idleTaskStates, set, at })
      return runChanged(ctx, run.id)
    }
    case "plan": {
      const set = { state: "planning" as const, startedAt: run.startedAt ?? at }
      await moveRun(ctx.db, run.id, { from: "queued", set, at })
      return runChanged(ctx, run.id)
    }
    case "take-plan":
      return takePlan(turn, step.planning)
    case "stop-draft":
      return machines.stopDraft(ctx, askedBy(run))
    case "prove": {
      const set = { provedAt: at, clauses: step.clauses }
      await moveRun(ctx.db, run.id, { from: run.state, set, at })
      return runChanged(ctx, run.id)
    }
    case "ask-leave":
      return askLeave(ctx, run, step.commit)
    case "promote":
      await moveRun(ctx.db, run.id, { from: run.state, set: { promoting: step.commit }, at })
      await machines.promote(ctx, { ...askedBy(run), commit: step.commit })
      return runChanged(ctx, run.id)
    case "finish":
      return finish(turn, { state: step.state, ...failureOf(step), ...clausesOf(step) })
    case "tear-down":
      return tearDown(turn)
  }
}

/** A run that was stopped keeps the reason that is written already. */
const failureOf = ({ state, failure }: { state: string; failure: string | null }) =>
  state === "cancelled" ? {} : { failure }

const clausesOf = ({ clauses }: Extract<RunStep, { do: "finish" }>) => (clauses ? { clauses } : {})

async function tearDown({ ctx, run, pictures }: RunTurn): Promise<void> {
  await pictures.removeAll(run.id)
  await removeAttachmentsOf(ctx, run.id)
  await deleteRun(ctx.db, run.id)
  const on = { loop: "projects", id: run.projectId } as const
  await releaseHold(ctx, { on, by: { loop: "runs", id: run.id } })
  wakeComparison(ctx, run)
}

const wakeComparison = (ctx: Ctx, run: RunRow) => {
  for (const { loop, id } of comparisonOf(run)) ctx.wake(loop, id)
}

/** Starts what the plan says, or ends the run with the reason why there is none. */
async function takePlan(turn: RunTurn, planning: TaskRow): Promise<void> {
  const { ctx, run } = turn
  const outcome = await planFrom(ctx, planning)
  if (!outcome) return finish(turn, { state: "failed", failure: "There is no plan." })
  if (!("declined" in outcome)) return start(ctx, { run, planning }, outcome.plan)
  const { declined } = outcome
  return finish(turn, { state: "failed", summary: declined, failure: declined })
}

/** What the planning task handed over, from its journal. */
async function planFrom(ctx: Ctx, planning: TaskRow) {
  const steps = await listTaskSteps(ctx.db, planning.id, planning.triesBefore)
  const read = steps.map(({ kind, ok, output }) =>
    kind === "tool" && ok ? planOutcome.safeParse(output).data : undefined,
  )
  return read.findLast((each) => each !== undefined)
}

/** A file that came with the goal is accounted for as a wish is. */
const planned = (words: string): Clause => ({ words, state: "planned", why: null })

async function start(
  ctx: Ctx,
  { run, planning }: { run: RunRow; planning: TaskRow },
  plan: Plan,
): Promise<void> {
  const { name, summary, filler = [] } = plan
  if (name !== undefined) await suggestName(ctx, run.projectId, name)
  const given = (await listAttachments(ctx.db, [run.id])).filter(({ message }) => message === null)
  const clauses = [...clausesOfPlan(plan), ...given.map(({ path }) => planned(path ?? ""))]
  const set = { state: "running" as const, summary, filler, clauses }
  await moveRun(ctx.db, run.id, { from: "planning", set, at: ctx.clock.now() })
  const newId = () => ctx.newId("tsk")
  const tasks = tasksOfPlan(plan, { planningTaskId: planning.id, newId })
  await insertTasks(ctx.db, { organizationId: run.organizationId, runId: run.id }, tasks)
  runChanged(ctx, run.id)
}

async function finish(turn: RunTurn, set: RunChange & { state: RunEnd }): Promise<void> {
  const { ctx, run, machines } = turn
  const at = ctx.clock.now()
  if (!(await moveRun(ctx.db, run.id, { from: run.state, set: { ...set, finishedAt: at }, at })))
    return
  await withdrawInquiries(ctx.db, run.id)
  const keep = await listUnfinishedRuns(ctx.db, run.projectId)
  await machines.endDraft(ctx, { ...askedBy(run), keep })
  await release(ctx, "concurrent_runs", run.id)
  const details = { about: runInWords(run), state: set.state }
  record(ctx, { action: "run.finish", subject: run.id, details })
  runChanged(ctx, run.id)
  wakeComparison(ctx, run)
  // What was asked meanwhile counts as well: the row of the turn may be older.
  const ended = await needRun(ctx, run.id)
  if (ended.redirect && (set.state === "cancelled") === !ended.redirect.after)
    await followRedirect(ctx, turn, ended)
}

/**
 * The run failed for a reason outside of its tasks: those that wait never start, and who is at work
 * notices and stops.
 */
async function fail(turn: RunTurn, { say }: { say: string }): Promise<void> {
  const { ctx, run } = turn
  if (!unfinishedRunStates.includes(run.state)) return
  const waiting = (await listTasks(ctx.db, [run.id])).map(({ id }) => id)
  const at = ctx.clock.now()
  const skip = { state: "skipped", finishedAt: at } as const
  await moveTasks(ctx.db, waiting, { from: idleTaskStates, set: skip, at })
  await finish(turn, { state: "failed", failure: say, wanted: "cancelled" })
}
