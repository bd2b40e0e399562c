import { fault } from "@vibecaas/kernel/fault"
import { record } from "../audit/index.ts"
import type { Ctx } from "../core/ctx.ts"
import { needProject, placeHold } from "../projects/index.ts"
import { reserve } from "../quotas/index.ts"
import type { AgentsParts } from "./agents-parts.ts"
import { needRun } from "./need-run.ts"
import { insertRun, lockUnfinishedRun } from "./queries/runs.ts"
import { insertTasks } from "./queries/tasks.ts"
import { type RunRow, runInWords } from "./run.ts"
import { tellProject } from "./tell.ts"

export type StartParts = Pick<AgentsParts, "models" | "budgets">

export interface RunRequest {
  projectId: string
  goal: string
}

/**
 * Asks the agents for something on a project; they start once this transaction commits.
 *
 * @throws Fault `not_found`, `wrong_state`, `run_in_progress`, `quota_exceeded`
 */
export async function startRun(ctx: Ctx, parts: StartParts, request: RunRequest): Promise<RunRow> {
  const { projectId, goal } = request
  const project = await needProject(ctx, projectId)
  if (project.wanted === "gone") {
    throw fault("wrong_state", { say: "The project is being deleted." })
  }
  await refuseSecondRun(ctx, projectId)
  const id = ctx.newId("run")
  const { organizationId } = ctx
  await reserve(ctx, "concurrent_runs", id, 1)
  await insertRun(ctx.db, {
    ...{ id, organizationId, projectId, goal },
    model: parts.models.for("planning").info,
    startedById: ctx.actor.id ?? ctx.actor.name,
    startedByName: ctx.actor.name,
    tokensMax: parts.budgets.run.tokensMax,
    createdAt: ctx.clock.now(),
  })
  await insertTasks(ctx.db, { organizationId, runId: id }, [planningTask(ctx.newId("tsk"))])
  await placeHold(ctx, { projectId, loop: "runs", id })
  const run = await needRun(ctx, id)
  const details = { about: runInWords(run), projectId }
  await record(ctx, { action: "run.start", subject: id, details })
  await tellProject(ctx, id)
  await ctx.wake("runs", id)
  return run
}

/** @throws Fault `run_in_progress` */
export async function refuseSecondRun(ctx: Ctx, projectId: string): Promise<void> {
  const unfinished = await lockUnfinishedRun(ctx.db, projectId)
  if (!unfinished) return
  throw fault("run_in_progress", {
    say: "The agents are still working on this project. Wait until they are done, or cancel that run first.",
  })
}

const planningTask = (id: string) => ({
  id,
  position: 0,
  role: "planning" as const,
  title: "Plan the work",
  instructions: "Turn the goal into tasks.",
  dependsOn: [],
  check: null,
})
