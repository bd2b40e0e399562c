import type { ProjectState } from "@vibecaas/contract/kinds/projects"
import type { StateLook } from "../ui/state.tsx"

/** Word and glyph of each state; a new state does not compile without one. */
export const projectLooks: Record<ProjectState, StateLook> = {
  empty: { glyph: "wait", word: "Empty" },
  working: { glyph: "busy", word: "Agents working" },
  asking: { glyph: "warn", word: "Has a question" },
  starting: { glyph: "busy", word: "Starting" },
  running: { glyph: "alive", word: "Running" },
  crashed: { glyph: "warn", word: "Crashed" },
  stopped: { glyph: "off", word: "Stopped" },
  failed: { glyph: "bad", word: "Run failed" },
  deleting: { glyph: "busy", word: "Deleting" },
}
