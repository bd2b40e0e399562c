import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { hearOfProject } from "../projects/index.ts"
import { type MicrovmRow, showMicrovm, signalOf } from "./microvm.ts"

/** Tells who watches the project, and the project itself, what the machine and its app are doing. */
export function announce(ctx: Ctx, row: MicrovmRow): void {
  changed(ctx, `microvm/${row.id}`, async () => {
    emit(ctx, {
      kind: "microvm.changed",
      about: { project: row.projectId },
      id: row.id,
      data: showMicrovm(row),
    })
    await hearOfProject(ctx, row.projectId, { child: "microvms", ...signalOf(row) })
  })
}
