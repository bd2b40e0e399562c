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
    await tellProject(ctx, row)
    await wakeHolders(ctx, row.id)
  })
}

/** Says that there is no such machine any more. */
export function announceGone(ctx: Ctx, { id, projectId }: MachineRow): void {
  changed(ctx, `machine/${id}`, async () =>
    emit(ctx, {
      kind: "machine.deleted",
      about: { project: projectId },
      id,
      data: { id, projectId },
    }),
  )
}

const tellProject = (ctx: Ctx, { id, projectId }: MachineRow) =>
  hearOfProject(ctx, projectId, { child: `machines/${id}`, phase: "none", detail: null })
