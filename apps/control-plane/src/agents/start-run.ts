import { monthlyOfModels } from "@vibecaas/contract/agent-limits"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { placeHold } from "../core/holds.ts"
import { record } from "../core/record.ts"
import { needLivingProject } from "../projects/index.ts"
import { release, reserve, reserveAll } from "../quotas/index.ts"
import type { AgentsParts } from "./agents-parts.ts"
import { filesOf, giveAttachments } from "./attachments/give-attachments.ts"
import { everyEntry, type Models } from "./models/model.ts"
import { needBudget } from "./project-budget.ts"
import { replaceProposals } from "./proposals/replace-proposals.ts"
import { copyGifts } from "./queries/attachments.ts"
import { insertRun, lockUnfinishedRun } from "./queries/runs.ts"
import { insertTasks } from "./queries/tasks.ts"
import { type RunRow, runInWords } from "./run.ts"
import { tellRun } from "./tell.ts"
import { limitsBeside } from "./work/budget.ts"

export type StartParts = Pick<AgentsParts, "models" | "budgets" | "starters">

export interface RunRequest {
  projectId: IdOf<"project">
  goal: string
  /** files that were uploaded for it */
  attachments?: readonly IdOf<"attachment">[] | undefined
  /** the app that it is to begin with, known to be there and with values that fit */
  starter?: ChosenStarter | undefined
  /** the run that was stopped for this one */
  continues?: IdOf<"run">
  /** what it is a candidate of, where it begins, and the model of all of its roles, if it has one */
  candidate?: Pick<RunRow, "comparisonId" | "base" | "modelName">
  /** the candidate that the files were given to, of which this one gets the same */
  beside?: IdOf<"run"> | undefined
}

/**
 * Asks the agents for something on a project, in place of proposals that wait on it; they start once
 * this transaction commits.
 *
 * @throws Fault `not_found`, `wrong_state`, `run_in_progress`, `quota_exceeded`, `invalid`
 */
export async function startRun(ctx: Ctx, parts: StartParts, request: RunRequest): Promise<RunRow> {
  await needLivingProject(ctx, request.projectId)
  await refuseSecondRun(ctx, request.projectId)
  await needBudget(ctx, request.projectId)
  await replaceProposals(ctx, parts, request.projectId)
  return beginRun(ctx, parts, request)
}

/**
 * The same on a project that is known to live and to have no unfinished run.
 *
 * @throws Fault `quota_exceeded`; `invalid` when a file that it comes with is not there
 */
export async function beginRun(ctx: Ctx, parts: StartParts, request: RunRequest): Promise<RunRow> {
  const { projectId, goal, starter = null, continues = null, candidate = alone } = request
  const id = ctx.newId("run")
  const { organizationId } = ctx
  await needMonth(ctx, parts.models)
  await reserve(ctx, "concurrent_runs", { subject: id, amount: 1 })
  const run = await insertRun(ctx.db, {
    ...{ id, organizationId, projectId, goal, starter, continues, ...candidate },
    model: parts.models.for("planning").info,
    startedById: ctx.actor.id ?? ctx.actor.name,
    startedByName: ctx.actor.name,
    limits: limitsBeside({ tokens: 0, cost: 0, ms: 0 }, parts.budgets.run),
    createdAt: ctx.clock.now(),
  })
  const planning = [planningTask(ctx.newId("tsk"))]
  const tasks = await insertTasks(ctx.db, { organizationId, runId: id }, planning)
  await placeHold(ctx, { on: { loop: "projects", id: projectId }, by: { loop: "runs", id } })
  const attachments = request.beside
    ? await copyGifts(ctx.db, { from: request.beside, to: id, newId: ctx.newId })
    : await giveAttachments(ctx, request.attachments, { run, message: null })
  const details = { about: runInWords(run), projectId, ...filesOf(attachments) }
  record(ctx, { action: "run.start", subject: id, details })
  await tellRun(ctx, run, { tasks, inquiries: [], messages: [], attachments })
  ctx.wake("runs", id)
  return run
}

/**
 * Whether the month has anything left, unless nothing the agents do takes of it. Each answer
 * reserves what it may take; this only asks for the least there is, and gives it back.
 *
 * @throws Fault `quota_exceeded`
 */
export async function needMonth(ctx: Ctx, models: Models): Promise<void> {
  if (everyEntry(models).every(({ info }) => info.simulated)) return
  const subject = "a look"
  const least = monthlyOfModels.map((resource) => [resource, 1] as const)
  await reserveAll(ctx, subject, least)
  await release(ctx, monthlyOfModels, subject)
}

/** @throws Fault `run_in_progress` */
export async function refuseSecondRun(ctx: Ctx, projectId: IdOf<"project">): Promise<void> {
  const unfinished = await lockUnfinishedRun(ctx.db, projectId)
  if (!unfinished) return
  throw fault("run_in_progress", {
    say: "The agents are still working on this project. Wait until they are done, or cancel that run first.",
  })
}

const alone = { comparisonId: null, base: null, modelName: null }

const planningTask = (id: IdOf<"task">) => ({
  id,
  position: 0,
  role: "planning" as const,
  title: "Plan the work",
  instructions: "Turn the goal into tasks.",
  dependsOn: [],
  check: null,
})
