import { fault } from "@vibecaas/kernel/fault"
import type { LiveMachine, MachineRow } from "../machines/index.ts"
import type { AppsParts } from "./parts.ts"
import type { MachineOf } from "./sessions.ts"
import { failed, waitFor } from "./wait-for.ts"

/** Longest wait for a machine that was asked for, in `ms`. */
const bootWithinMs = 60_000

/** A run's draft once it runs, as it is wanted to. @throws Fault `machine_failed` */
export async function runningMachine(
  parts: AppsParts,
  of: MachineOf,
): Promise<{ row: MachineRow; machine: LiveMachine }> {
  const row = await waitFor(parts, { ...of, withinMs: bootWithinMs }, ({ machine: seen }) => {
    if (seen.state === "failed") throw whyFailed(seen)
    const settled = seen.restarted >= seen.restartWanted
    return seen.state === "running" && settled ? seen : undefined
  })
  const machine = await parts.live.find(row)
  if (!machine) throw failed("The machine ended while it was wanted. It is being started again.")
  return { row, machine }
}

function whyFailed(row: MachineRow) {
  return failed(row.failure ?? "The machine failed.", { retryable: false })
}

export function unavailable(cause?: unknown) {
  return fault("app_unavailable", {
    say: "The app does not accept connections now.",
    retryable: true,
    cause,
  })
}
