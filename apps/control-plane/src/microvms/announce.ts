import type { Ctx } from "../core/ctx.ts"
import { emit } from "../live/index.ts"
import { observeProject } from "../projects/index.ts"
import { appForProject, type MicrovmRow, showMicrovm } from "./microvm.ts"

/** Tells who watches the project what the machine and its app are doing now. */
export async function announce(ctx: Ctx, row: MicrovmRow): Promise<void> {
  await emit(ctx, {
    // The id comes from our own column; the template type cannot see that.
    topics: [`project:${row.projectId}` as `project:prj_${string}`],
    kind: "microvm.changed",
    id: row.id,
    data: showMicrovm(row),
  })
  await observeProject(ctx, row.projectId, { app: appForProject(row) })
}
