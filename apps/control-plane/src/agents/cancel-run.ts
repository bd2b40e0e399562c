import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { needRun } from "./need-run.ts"
import { lockRun, moveRun } from "./queries/runs.ts"
import { listTasks } from "./queries/tasks.ts"
import { mustAllow, type RunRow, runInWords } from "./run.ts"
import { activeTaskStates } from "./task.ts"
import { runChanged } from "./tell.ts"

/**
 * Asks for a run to stop. Tasks that ended keep their work; asking again is harmless.
 *
 * @throws Fault `not_found`, `wrong_state` when the run is over
 */
export async function cancelRun(ctx: Ctx, id: string): Promise<RunRow> {
  await lockRun(ctx.db, id)
  const run = await needRun(ctx, id)
  mustAllow(run, "cancel")
  if (run.wanted === "cancelled") return run
  const at = ctx.clock.now()
  await moveRun(ctx.db, id, { from: run.state, set: { wanted: "cancelled" }, at })
  const details = { about: runInWords(run), projectId: run.projectId }
  record(ctx, { action: "run.cancel", subject: id, details })
  runChanged(ctx, id)
  ctx.wake("runs", id)
  for (const task of await listTasks(ctx.db, [id])) {
    if (activeTaskStates.includes(task.state)) ctx.wake("tasks", task.id)
  }
  return needRun(ctx, id)
}
