import { BrainCircuit, KeyRound, SlidersHorizontal } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Who serves models to this installation, and which of them each role asks. */
export const modelsKind = {
  pages: [
    { at: "/models", name: "Models", icon: BrainCircuit, needs: "platform-admin", place: 92 },
  ],
  icons: { model_provider: KeyRound, model_role: SlidersHorizontal },
  actions: {
    "model_provider.set": "Model provider set",
    "model_provider.remove": "Model provider removed",
    "model_role.set": "Agent’s models set",
  },
} as const satisfies Kind
