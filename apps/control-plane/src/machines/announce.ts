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
  changed(ctx, `machine/${row.id}`, async () => {
    emit(ctx, {
      kind: "machine.changed",
      about: { project: row.projectId },
      id: row.id,
      data: showMachine(row),
    })
    const child = `machines/${row.id}`
    await hearOfProject(ctx, row.projectId, { child, phase: "none", detail: null })
    await wakeHolders(ctx, row.id)
  })
}
