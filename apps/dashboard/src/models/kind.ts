import { BrainCircuit, ChartColumn } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Who serves models to this installation, and which of them each role asks. */
export const modelsKind = {
  pages: [
    {
      at: "/agents",
      name: "Agents",
      icon: ChartColumn,
      needs: "usage:read",
      goKey: "g",
      place: 75,
    },
    {
      at: "/models",
      name: "Models",
      icon: BrainCircuit,
      needs: "platform-admin",
      goKey: "m",
      place: 92,
    },
  ],
} as const satisfies Kind
