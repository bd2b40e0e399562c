import type { IdOf } from "@vibecaas/contract/kinds"
import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { hearOfProject } from "../projects/index.ts"
import { rowsOf } from "./queries/rows-of-runs.ts"
import { findRun } from "./queries/runs.ts"
import { type RunRow, type RunRows, showRun, signalOf } from "./run.ts"

/** Tells whoever watches the run or its project, and the project itself, how the run is in the end. */
export function runChanged(ctx: Ctx, runId: IdOf<"run">): void {
  changed(ctx, `run/${runId}`, async () => {
    const run = await findRun(ctx.db, runId)
    if (!run) return
    const rows = await rowsOf(ctx, runId)
    await hearOfProject(ctx, run.projectId, signalOf(run, rows))
    tell(ctx, run, rows)
  })
}

/** The same at once, with rows that nothing changes any more. */
export async function tellRun(ctx: Ctx, run: RunRow, rows: RunRows): Promise<void> {
  await hearOfProject(ctx, run.projectId, signalOf(run, rows))
  changed(ctx, `run/${run.id}`, async () => tell(ctx, run, rows))
}

function tell(ctx: Ctx, run: RunRow, rows: RunRows): void {
  const { id, projectId } = run
  const data = showRun(run, rows)
  emit(ctx, { kind: "run.changed", about: { run: id, project: projectId }, id, data })
}
