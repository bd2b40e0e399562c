import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { needLivingProject } from "../projects/index.ts"
import { reserve } from "../quotas/index.ts"
import { needRun } from "./need-run.ts"
import { lockRun, moveRun } from "./queries/runs.ts"
import { listTasks, resetTasks } from "./queries/tasks.ts"
import { mustAllow, type RunRow } from "./run.ts"
import { runResource } from "./run-resource.ts"
import { refuseSecondRun } from "./start-run.ts"
import type { Budgets } from "./work/budget.ts"

/**
 * Lets the tasks of a run that did not succeed start afresh; those that did keep their work. From
 * now on the run has the rights of whoever tried it again, and as many tokens more as a new run.
 *
 * @throws Fault `not_found`, `wrong_state`, `run_in_progress`, `quota_exceeded`
 */
export async function retryRun(ctx: Ctx, id: IdOf<"run">, budget: Budgets["run"]): Promise<RunRow> {
  const run = await needRun(ctx, id)
  await needLivingProject(ctx, run.projectId)
  mustAllow(run, "retry")
  await refuseSecondRun(ctx, run.projectId)
  const locked = await lockRun(ctx.db, id)
  await reserve(ctx, "concurrent_runs", { subject: id, amount: 1 })
  const tasks = await listTasks(ctx.db, [id])
  // A plan that was declined, or none at all: there is nothing but the planning to repeat.
  const onlyPlanning = tasks.length === 1
  const open = tasks.filter(({ state }) => onlyPlanning || state !== "succeeded")
  const at = ctx.clock.now()
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
    startedById: ctx.actor.id ?? ctx.actor.name,
    startedByName: ctx.actor.name,
    tokensMax: usedTokens(locked ?? run) + budget.tokensMax,
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

const usedTokens = ({ inputTokens, outputTokens }: RunRow) => inputTokens + outputTokens
