import { ReceiptText } from "lucide-react"
import type { Kind } from "../kind.ts"

/** What is used of the limits, and what is counted. */
export const usageKind = {
  pages: [
    { at: "/usage", name: "Usage", icon: ReceiptText, needs: "usage:read", goKey: "u", place: 70 },
  ],
} as const satisfies Kind
