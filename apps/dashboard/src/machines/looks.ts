import type { AppState } from "@vibecaas/contract/kinds/apps"
import type { MachineState } from "@vibecaas/contract/kinds/machines"
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

export const appLooks: Record<AppState, StateLook> = {
  none: { glyph: "wait", word: "None yet" },
  starting: { glyph: "busy", word: "Starting" },
  running: { glyph: "alive", word: "Running" },
  crashed: { glyph: "warn", word: "Crashed" },
  stopped: { glyph: "off", word: "Stopped" },
}
