import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { needRun } from "./need-run.ts"
import { lockRun, moveRun } from "./queries/runs.ts"
import { listTasks } from "./queries/tasks.ts"
import { mustAllow, type RunRow, unfinishedRunStates } from "./run.ts"
import { runResource } from "./run-resource.ts"
import { activeTaskStates } from "./task.ts"

/**
 * Asks for a run to stop, and to make way for another goal if there is one: the last word counts.
 * Tasks that ended keep their work; asking again is harmless.
 *
 * @throws Fault `not_found`, `wrong_state` when the run is over
 */
export async function cancelRun(
  ctx: Ctx,
  id: IdOf<"run">,
  redirect: RunRow["redirect"] = null,
): Promise<RunRow> {
  await lockRun(ctx.db, id)
  const run = await needRun(ctx, id)
  mustAllow(run, "cancel")
  if (run.chosen) {
    throw fault("wrong_state", { say: "This candidate was chosen: it is on its way to people." })
  }
  if (run.wanted === "cancelled" && !run.redirect && !redirect) return run
  await wakeActive(ctx, id)
  return want(ctx, runResource, {
    action: redirect ? "run.redirect" : "run.cancel",
    details: { projectId: run.projectId, ...(redirect ? { goal: redirect.goal } : {}) },
    write: async () => {
      const set = { wanted: "cancelled" as const, redirect }
      await moveRun(ctx.db, id, { from: run.state, set, at: ctx.clock.now() })
      return { ...run, ...set }
    },
  })
}

/** Stops a run that nobody needs any more, with why; one that ended or stops already is left as it is. */
export async function stopRun(ctx: Ctx, id: IdOf<"run">, failure: string): Promise<void> {
  const run = await lockRun(ctx.db, id)
  if (!run || run.wanted === "cancelled" || !unfinishedRunStates.includes(run.state)) return
  await wakeActive(ctx, id)
  await want(ctx, runResource, {
    action: "run.cancel",
    details: { projectId: run.projectId, reason: failure },
    write: async () => {
      const set = { wanted: "cancelled" as const, failure }
      await moveRun(ctx.db, id, { from: run.state, set, at: ctx.clock.now() })
      return { ...run, ...set }
    },
  })
}

async function wakeActive(ctx: Ctx, id: IdOf<"run">): Promise<void> {
  for (const task of await listTasks(ctx.db, [id])) {
    if (activeTaskStates.includes(task.state)) ctx.wake("tasks", task.id)
  }
}
