import type { IdOf } from "@vibecaas/contract/kinds"
import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { hearOfProject } from "../projects/index.ts"
import { findRun } from "./queries/runs.ts"
import { listTasks } from "./queries/tasks.ts"
import { type RunRow, showRun, signalOf } from "./run.ts"
import type { TaskRow } from "./task.ts"

/** Tells whoever watches the run or its project, and the project itself, how the run is in the end. */
export function runChanged(ctx: Ctx, runId: IdOf<"run">): void {
  changed(ctx, `run/${runId}`, async () => {
    const run = await findRun(ctx.db, runId)
    if (!run) return
    const tasks = await listTasks(ctx.db, [runId])
    await hearOfProject(ctx, run.projectId, signalOf(run, tasks))
    tell(ctx, run, tasks)
  })
}

/** The same at once, with rows that nothing changes any more. */
export async function tellRun(ctx: Ctx, run: RunRow, tasks: readonly TaskRow[]): Promise<void> {
  await hearOfProject(ctx, run.projectId, signalOf(run, tasks))
  changed(ctx, `run/${run.id}`, async () => tell(ctx, run, tasks))
}

function tell(ctx: Ctx, run: RunRow, tasks: readonly TaskRow[]): void {
  const { id, projectId } = run
  const data = showRun(run, tasks)
  emit(ctx, { kind: "run.changed", about: { run: id, project: projectId }, id, data })
}
