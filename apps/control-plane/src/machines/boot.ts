import type { Turn } from "@vibecaas/reconcile/loop"
import { inTurn } from "../core/resource.ts"
import type { LiveMachine } from "./live-machines.ts"
import type { MachineRow } from "./machine.ts"
import { meterMachine } from "./meter-machine.ts"
import { observe, observeIn } from "./observe.ts"
import type { LoopParts } from "./parts.ts"

/**
 * Starts the machine. One of that id that lives, also from before a restart of the server, is taken
 * over as it is.
 *
 * @throws Fault `isolation_refused`, `vm_boot_failed`
 */
export async function boot(parts: LoopParts, turn: Turn, row: MachineRow): Promise<void> {
  const host = parts.fleet.hostOf(row)
  const adopted = (await host.find(row)) !== undefined
  if (!adopted) {
    await observe(parts, turn, {
      state: "starting",
      // Before it boots: should we end in between, it is known where to look.
      hostId: host.id,
      startedAt: null,
      meteredUntil: null,
    })
  }
  const size = { cpuCount: row.cpuCount, memoryMiB: row.memoryMib, diskMiB: row.diskMib }
  const image = row.image === null ? {} : { image: row.image }
  const vm = await host.boot({ id: row.id, ...size, ...image, trust: row.trust }, row.driver)
  const machine = await parts.live.open(row, vm)
  await recordRunning(parts, turn, { row, machine, adopted })
}

/** Writes that a machine runs, and what isolation is really in force. */
export async function recordRunning(
  parts: LoopParts,
  turn: Turn,
  seen: { row: MachineRow; machine: LiveMachine; adopted: boolean },
): Promise<void> {
  const { caps } = seen.machine.vm
  const now = parts.clock.now()
  const since = seen.adopted ? seen.row : { startedAt: null, meteredUntil: null }
  await observe(parts, turn, {
    state: "running",
    hostId: parts.fleet.hostOf(seen.row).id,
    driver: caps.driver,
    isolation: caps.label,
    reaches: caps.reaches,
    failure: null,
    startedAt: since.startedAt ?? now,
    meteredUntil: since.meteredUntil ?? now,
  })
}

/** Ends the machine and starts over. */
export async function reboot(parts: LoopParts, turn: Turn, row: MachineRow): Promise<void> {
  await end(parts, turn, row)
  await observe(parts, turn, { state: "starting", restarted: row.restartWanted, startedAt: null })
}

/** Ends the machine, keeps its data. */
export async function stop(parts: LoopParts, turn: Turn, row: MachineRow): Promise<void> {
  await observe(parts, turn, { state: "stopping" })
  await end(parts, turn, row)
  await recordStopped(parts, turn, row)
}

export async function recordStopped(parts: LoopParts, turn: Turn, row: MachineRow): Promise<void> {
  await observe(parts, turn, {
    state: "stopped",
    restarted: row.restartWanted,
    startedAt: null,
    failure: null,
  })
}

async function end(parts: LoopParts, turn: Turn, row: MachineRow): Promise<void> {
  await inTurn(parts, turn, async (ctx) => {
    await meterMachine(ctx, row)
    await observeIn(ctx, turn, { meteredUntil: null })
  })
  parts.live.drop(row.id)
  await parts.fleet.hostOf(row).destroy(row)
}
