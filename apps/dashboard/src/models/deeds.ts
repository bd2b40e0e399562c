import { KeyRound, SlidersHorizontal } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const modelsDeeds = {
  icons: { model_provider: KeyRound, model_role: SlidersHorizontal },
  actions: {
    "model_provider.set": "Model provider set",
    "model_provider.remove": "Model provider removed",
    "model_role.set": "Agent’s models set",
  },
} as const satisfies Deeds
