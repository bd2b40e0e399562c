import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { wakeHolders } from "../core/holds.ts"
import { hearOfProject } from "../projects/index.ts"
import { type MachineRow, showMachine } from "./machine.ts"

/**
 * Tells who watches the project what the machine is doing, the project that it has one, and wakes
 * those that run something on it.
 */
export function announce(ctx: Ctx, row: MachineRow): void {
  const { id, projectId } = row
  changed(ctx, `machine/${id}`, async () => {
    const about = { project: projectId }
    emit(ctx, { kind: "machine.changed", about, id, data: showMachine(row) })
    if (row.purpose === "live") {
      const child = `machines/${id}`
      await hearOfProject(ctx, projectId, { child, phase: "none", detail: null })
    }
    await wakeHolders(ctx, id)
  })
}

/** Says that there is no such machine any more. */
export function announceGone(ctx: Ctx, { id, projectId, purpose }: MachineRow): void {
  if (purpose === "draft") return
  changed(ctx, `machine/${id}`, async () =>
    emit(ctx, {
      kind: "machine.deleted",
      about: { project: projectId },
      id,
      data: { id, projectId },
    }),
  )
}
