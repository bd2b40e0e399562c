import { Gauge, ReceiptText } from "lucide-react"
import type { Kind } from "../kind.ts"

/** What is used of the limits, and what is counted. */
export const usageKind = {
  pages: [
    { at: "/usage", name: "Usage", icon: ReceiptText, needs: "usage:read", goKey: "u", place: 70 },
  ],
  icons: { plan: Gauge },
  actions: { "plan.change": "Plan changed" },
} as const satisfies Kind
