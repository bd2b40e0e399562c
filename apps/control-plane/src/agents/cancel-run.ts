import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { needRun } from "./need-run.ts"
import { lockRun, moveRun } from "./queries/runs.ts"
import { listTasks } from "./queries/tasks.ts"
import { mustAllow, type RunRow } from "./run.ts"
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
  if (run.wanted === "cancelled" && !run.redirect && !redirect) return run
  for (const task of await listTasks(ctx.db, [id])) {
    if (activeTaskStates.includes(task.state)) ctx.wake("tasks", task.id)
  }
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
