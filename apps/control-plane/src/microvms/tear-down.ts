import type { Turn } from "@vibecaas/reconcile/loop"
import { releaseHold } from "../core/holds.ts"
import { record } from "../core/record.ts"
import { needProject } from "../projects/index.ts"
import { release } from "../quotas/index.ts"
import { meterMachine } from "./meter-machine.ts"
import type { MicrovmRow } from "./microvm.ts"
import { observe } from "./observe.ts"
import { inTurn, type LoopParts } from "./parts.ts"
import { assertCurrent, deleteMicrovm } from "./queries.ts"

/**
 * Ends a machine for good: processes, data, then the row with all that hangs on it. The driver
 * answers only when nothing is left, so the project is let go of only then.
 */
export async function tearDown(parts: LoopParts, turn: Turn, row: MicrovmRow): Promise<void> {
  if (row.state !== "destroying") {
    await observe(parts, turn, { state: "destroying", appState: "stopped" })
  }
  parts.live.drop(row.id)
  const host = parts.fleet.hostOf(row)
  await host.destroy(row)
  await host.deleteData(row)
  await inTurn(parts, turn, async (ctx) => {
    await assertCurrent(ctx.db, turn)
    await meterMachine(ctx, turn, row)
    if (!(await deleteMicrovm(ctx.db, row.id))) return
    await release(ctx, "microvms", row.id)
    await release(ctx, "microvm_memory_mib", row.id)
    const { name } = await needProject(ctx, row.projectId)
    record(ctx, { action: "microvm.deleted", subject: row.id, details: { about: name } })
    const on = { loop: "projects", id: row.projectId } as const
    await releaseHold(ctx, { on, by: { loop: "microvms", id: row.id } })
  })
}
