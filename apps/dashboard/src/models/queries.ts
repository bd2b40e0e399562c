import type { ModelProviderStatus } from "@vibecaas/contract/kinds/models"
import { act } from "../api/act.ts"
import type { StateLook } from "../ui/state.tsx"

/** Whatever changes here may change what every role asks, and what is said to be simulated. */
const renews = [
  "GET /models/providers",
  "GET /models/roles",
  "GET /agents/models",
  "GET /platform",
] as const

export const setProvider = act("PUT /models/providers/{provider}", { renews })
export const removeProvider = act("DELETE /models/providers/{provider}", { renews })
export const testProvider = act("POST /models/providers/{provider}/test")
export const setRole = act("PUT /models/roles/{role}", { renews })

/** What a provider is reached with, in a word. */
export function providerLook({ from, wrong }: ModelProviderStatus): StateLook {
  if (wrong) return { glyph: "bad", word: "Cannot be used" }
  if (from === "here") return { glyph: "done", word: "Set here" }
  if (from === "environment") return { glyph: "done", word: "From the environment" }
  return { glyph: "off", word: "Not set" }
}
