import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { needLivingProject } from "../projects/index.ts"
import { reserve } from "../quotas/index.ts"
import { needRun } from "./need-run.ts"
import { needBudget } from "./project-budget.ts"
import { replaceProposals } from "./proposals/replace-proposals.ts"
import { forgetRunAnswers } from "./queries/inquiries.ts"
import { lockRun, moveRun } from "./queries/runs.ts"
import { listTasks, resetTasks } from "./queries/tasks.ts"
import { mustAllow, type RunRow } from "./run.ts"
import { runResource } from "./run-resource.ts"
import { needMonth, refuseSecondRun, type StartParts } from "./start-run.ts"
import type { TaskRow } from "./task.ts"
import { limitsBeside, type RunUse } from "./work/budget.ts"

/**
 * Lets the tasks of a run that did not succeed start afresh; those that did keep their work. From
 * now on the run has the rights of whoever tried it again, and as much more to use as a new run.
 *
 * @throws Fault `not_found`, `wrong_state`, `run_in_progress`, `quota_exceeded`
 */
export async function retryRun(ctx: Ctx, parts: StartParts, id: IdOf<"run">): Promise<RunRow> {
  const run = await needRun(ctx, id)
  await needLivingProject(ctx, run.projectId)
  mustAllow(run, "retry")
  if (run.comparisonId !== null) {
    throw fault("wrong_state", { say: "A candidate cannot be tried again. Ask for the same anew." })
  }
  await refuseSecondRun(ctx, run.projectId)
  const locked = await lockRun(ctx.db, id)
  await needMonth(ctx, parts.models)
  await needBudget(ctx, run.projectId)
  await replaceProposals(ctx, parts, run.projectId)
  await reserve(ctx, "concurrent_runs", { subject: id, amount: 1 })
  const tasks = await listTasks(ctx.db, [id])
  // A plan that was declined, or none at all: there is nothing but the planning to repeat.
  const onlyPlanning = tasks.length === 1
  const open = tasks.filter(({ state }) => onlyPlanning || state !== "succeeded")
  const at = ctx.clock.now()
  await forgetRunAnswers(ctx.db, id)
  await resetTasks(
    ctx.db,
    open.map((task) => task.id),
    at,
  )
  const set = {
    state: onlyPlanning ? ("queued" as const) : ("running" as const),
    wanted: "finished" as const,
    failure: null,
    finishedAt: null,
    promoting: null,
    redirect: null,
    startedById: ctx.actor.id ?? ctx.actor.name,
    startedByName: ctx.actor.name,
    ...limitsBeside(usedBefore(locked ?? run, tasks), parts.budgets.run),
  }
  return want(ctx, runResource, {
    action: "run.retry",
    details: { tasks: open.length },
    write: async () => {
      if (await moveRun(ctx.db, id, { from: run.state, set, at })) return needRun(ctx, id)
      throw fault("wrong_state", { say: "Somebody else started this run again." })
    },
  })
}

const usedBefore = (run: RunRow, tasks: readonly TaskRow[]): RunUse => ({
  tokens: run.inputTokens + run.outputTokens,
  cost: tasks.reduce((sum, { cost }) => sum + cost, 0),
  ms: run.workedMs,
})
