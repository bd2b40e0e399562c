import type { Machine, MachineState } from "@vibecaas/contract/kinds/machines"
import { count, memory, shortId } from "../ui/format.ts"
import type { StateLook } from "../ui/state.tsx"

/** Word and glyph of each state; a new state does not compile without one. */
export const machineLooks: Record<MachineState, StateLook> = {
  requested: { glyph: "wait", word: "Requested" },
  starting: { glyph: "busy", word: "Starting" },
  running: { glyph: "alive", word: "Running" },
  stopping: { glyph: "busy", word: "Stopping" },
  stopped: { glyph: "off", word: "Stopped" },
  failed: { glyph: "bad", word: "Failed" },
  destroying: { glyph: "busy", word: "Destroying" },
}

/** Machines that the platform made have no name of their own. */
export function machineName({ id, name, purpose }: Machine, main: Machine | null): string {
  if (name !== null) return name
  if (id === main?.id) return "Main machine"
  return purpose === "draft" ? "Draft’s machine" : shortId(id)
}

/** "1 CPU, 384 MB, 1 GB disk" */
export const sizeWords = ({ cpuCount, memoryMib, diskMib }: Machine) =>
  `${count(cpuCount, "CPU")}, ${memory(memoryMib)}, ${memory(diskMib)} disk`
