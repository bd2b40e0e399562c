import type { AppState, Release } from "@vibecaas/contract/kinds/apps"
import type { StateLook } from "../ui/state.tsx"

/** Word and glyph of each state; a new state does not compile without one. */
export const appLooks: Record<AppState, StateLook> = {
  none: { glyph: "wait", word: "None yet" },
  starting: { glyph: "busy", word: "Starting" },
  running: { glyph: "alive", word: "Running" },
  crashed: { glyph: "warn", word: "Crashed" },
  stopped: { glyph: "off", word: "Stopped" },
}

/** The same of what became of a release. */
export const releaseLooks: Record<Release["outcome"], StateLook> = {
  starting: { glyph: "busy", word: "Starting" },
  running: { glyph: "alive", word: "Running" },
  failed: { glyph: "bad", word: "Failed" },
  replaced: { glyph: "off", word: "Replaced" },
  stopped: { glyph: "off", word: "Stopped" },
}
