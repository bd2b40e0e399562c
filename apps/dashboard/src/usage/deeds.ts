import { Gauge } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const usageDeeds = {
  icons: { plan: Gauge },
  actions: { "plan.change": "Plan changed" },
} as const satisfies Deeds
