import type { Turn } from "@vibecaas/reconcile/loop"
import { gone, inTurn } from "../core/resource.ts"
import { release } from "../quotas/index.ts"
import { announceGone } from "./announce.ts"
import type { MachineRow } from "./machine.ts"
import { machineResource } from "./machine-resource.ts"
import { meterMachine } from "./meter-machine.ts"
import { observe } from "./observe.ts"
import type { LoopParts } from "./parts.ts"
import { removeMachine } from "./queries.ts"

/** Ends a machine that is to go; what ran on it is told, and lets go of it. */
export async function destroy(parts: LoopParts, turn: Turn, row: MachineRow): Promise<void> {
  if (row.state !== "destroying") await observe(parts, turn, { state: "destroying" })
  parts.live.drop(row.id)
  await parts.fleet.hostOf(row).destroy(row)
}

/**
 * Removes a machine's data and its row. The host answers only when nothing is left, so the project
 * is let go of only then.
 */
export async function remove(parts: LoopParts, turn: Turn, row: MachineRow): Promise<void> {
  const host = parts.fleet.hostOf(row)
  await host.destroy(row)
  await host.deleteData(row)
  await inTurn(parts, turn, async (ctx) => {
    await meterMachine(ctx, row)
    await gone(ctx, machineResource, {
      row,
      held: { loop: "projects", id: row.projectId },
      async remove() {
        if (!(await removeMachine(ctx.db, row.id))) return false
        await release(ctx, "machines", row.id)
        await release(ctx, "machine_memory_mib", row.id)
        return true
      },
    })
    announceGone(ctx, row)
  })
}
