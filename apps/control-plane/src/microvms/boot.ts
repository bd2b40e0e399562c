import type { Turn } from "@vibecaas/reconcile/loop"
import type { LiveMachine } from "./live-machines.ts"
import { meterMachine } from "./meter-machine.ts"
import type { MicrovmRow } from "./microvm.ts"
import { observe, observeIn } from "./observe.ts"
import { inTurn, type LoopParts } from "./parts.ts"

/**
 * Starts the machine. One of that id that lives, also from before a restart of the server, is taken
 * over as it is.
 *
 * @throws Fault `isolation_refused`, `vm_boot_failed`
 */
export async function boot(parts: LoopParts, turn: Turn, row: MicrovmRow): Promise<void> {
  const host = parts.fleet.hostOf(row)
  const adopted = (await host.find(row)) !== undefined
  if (!adopted) {
    await observe(parts, turn, {
      state: "starting",
      // Before it boots: should we end in between, it is known where to look.
      hostId: host.id,
      startedAt: null,
      meteredUntil: null,
      ...(row.appState === "running" ? { appState: "starting" as const } : {}),
    })
  }
  const size = { cpuCount: row.cpuCount, memoryMiB: row.memoryMib, diskMiB: row.diskMib }
  const vm = await host.boot({ id: row.id, ...size, trust: row.trust }, row.driver)
  const machine = await parts.live.open(row, vm)
  await recordRunning(parts, turn, { row, machine, adopted })
}

/** Writes that a machine runs, and what isolation is really in force. */
export async function recordRunning(
  parts: LoopParts,
  turn: Turn,
  seen: { row: MicrovmRow; machine: LiveMachine; adopted: boolean },
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

/** Ends the machine and starts over; what crashed before has a new beginning. */
export async function reboot(parts: LoopParts, turn: Turn, row: MicrovmRow): Promise<void> {
  await end(parts, turn, row)
  await observe(parts, turn, {
    state: "starting",
    restarted: row.restartWanted,
    ...freshApp,
  })
}

/** Ends the machine, keeps its data. */
export async function stop(parts: LoopParts, turn: Turn, row: MicrovmRow): Promise<void> {
  await observe(parts, turn, { state: "stopping" })
  await end(parts, turn, row)
  await recordStopped(parts, turn, row)
}

export async function recordStopped(parts: LoopParts, turn: Turn, row: MicrovmRow): Promise<void> {
  await observe(parts, turn, {
    state: "stopped",
    restarted: row.restartWanted,
    startedAt: null,
    failure: null,
    ...freshApp,
    appState: row.appCommit === null ? "none" : "stopped",
  })
}

async function end(parts: LoopParts, turn: Turn, row: MicrovmRow): Promise<void> {
  await inTurn(parts, turn, async (ctx) => {
    await meterMachine(ctx, turn, row)
    await observeIn(ctx, turn, { meteredUntil: null })
  })
  parts.live.drop(row.id)
  await parts.fleet.hostOf(row).destroy(row)
}

const freshApp = {
  appState: "none" as const,
  appStartedAt: null,
  appEndedAt: null,
  appPort: null,
  appExitCode: null,
  appRestarts: 0,
  appFailure: null,
}
