import type { Ctx } from "../core/ctx.ts"
import { meter } from "../usage/index.ts"
import type { MachineRow } from "./machine.ts"
import { updateMachine } from "./queries.ts"

/**
 * Meters a machine's running time since it was metered last, in whole seconds. The start of the
 * period names the fact, so a turn that is repeated after a crash meters nothing twice.
 */
export async function meterMachine(ctx: Ctx, row: MachineRow): Promise<void> {
  if (row.meteredUntil === null) return
  const from = row.meteredUntil
  const seconds = Math.floor((ctx.clock.now().getTime() - from.getTime()) / 1000)
  if (seconds < 1) return
  await meter(ctx, {
    meter: "machine.seconds",
    quantity: seconds,
    sourceKey: `${row.id}:${from.toISOString()}`,
    subject: row.id,
  })
  const meteredUntil = new Date(from.getTime() + seconds * 1000)
  await updateMachine(ctx.db, row.id, { meteredUntil })
}
