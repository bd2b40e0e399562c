import type { Ctx } from "../core/ctx.ts"
import { emit } from "../live/index.ts"
import { observeProject } from "../projects/index.ts"
import { findRun } from "./queries/runs.ts"
import { listTasks } from "./queries/tasks.ts"
import { isDeclined, runDetail, showRun } from "./run.ts"
import { topicsOf } from "./topics.ts"

/** Tells whoever watches the run or its project how the run is now. */
export async function announceRun(ctx: Ctx, runId: string): Promise<void> {
  const run = await findRun(ctx.db, runId)
  if (!run) return
  const tasks = await listTasks(ctx.db, [runId])
  await emit(ctx, {
    topics: topicsOf(run),
    kind: "run.changed",
    id: run.id,
    data: showRun(run, tasks),
  })
}

/** Announces the run, and tells its project what people should see beside its state. */
export async function tellProject(ctx: Ctx, runId: string): Promise<void> {
  const run = await findRun(ctx.db, runId)
  if (!run) return
  const { goal } = run
  // A run that was declined left everything as it was.
  const seen = isDeclined(run)
    ? { state: null, detail: "the last request was declined" }
    : { state: run.state, detail: runDetail(run, await listTasks(ctx.db, [runId])) }
  await observeProject(ctx, run.projectId, { run: { ...seen, goal } })
  await announceRun(ctx, runId)
}
