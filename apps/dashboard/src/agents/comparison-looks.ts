import type { Comparison, ComparisonState } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { StateLook } from "../ui/state.tsx"
import { isActive } from "./roles.ts"

/** Word and glyph of each state; a new state does not compile without one. */
export const comparisonLooks: Record<ComparisonState, StateLook> = {
  running: { glyph: "busy", word: "Running" },
  deciding: { glyph: "warn", word: "Waits for a choice" },
  promoting: { glyph: "busy", word: "Promoting" },
  promoted: { glyph: "done", word: "Promoted" },
  failed: { glyph: "bad", word: "Failed" },
  cancelled: { glyph: "gone", word: "Cancelled" },
}

/** Whether something of it is still under way, or waits for somebody. */
export const isOpen = ({ state }: Pick<Comparison, "state">): boolean =>
  state === "running" || state === "deciding" || state === "promoting"

/** Whether a candidate has done all that it can without being chosen. */
export const isProved = (run: Pick<Run, "state" | "provedAt">): boolean =>
  run.provedAt !== null && isActive(run.state)

/** Why a candidate cannot be promoted now, in words. */
export function promoteOff(
  { state }: Pick<Comparison, "state">,
  run: Pick<Run, "state" | "provedAt">,
): string | undefined {
  if (state === "promoting") return "Another candidate is on its way to people."
  if (isProved(run)) return undefined
  return isActive(run.state)
    ? "It is not proved yet."
    : "It ended without anything that could be promoted."
}
