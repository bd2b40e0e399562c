import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { wakeHolders } from "../core/holds.ts"
import { hearOfProject } from "../projects/index.ts"
import { type AppRow, showApp, signalOf } from "./app.ts"

/**
 * Tells who watches the project what the app is doing, and the project itself, whose state is that of
 * its live app.
 */
export function announce(ctx: Ctx, row: AppRow): void {
  changed(ctx, `app/${row.id}`, async () => {
    const about = { project: row.projectId }
    emit(ctx, { kind: "app.changed", about, id: row.id, data: showApp(row) })
    if (row.purpose === "live")
      await hearOfProject(ctx, row.projectId, { child: `apps/${row.id}`, ...signalOf(row) })
    await wakeHolders(ctx, row.id)
  })
}

/** Says that there is no such app any more; the project may get another. */
export function announceGone(ctx: Ctx, { id, projectId, purpose }: AppRow): void {
  changed(ctx, `app/${id}`, async () => {
    emit(ctx, {
      kind: "app.deleted",
      about: { project: projectId },
      id,
      data: { id, projectId },
    })
    if (purpose === "live")
      await hearOfProject(ctx, projectId, { child: `apps/${id}`, phase: "none", detail: null })
  })
}
