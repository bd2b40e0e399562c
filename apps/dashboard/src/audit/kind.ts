import { Activity } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Who did what. */
export const auditKind = {
  pages: [
    {
      at: "/activity",
      name: "Activity",
      icon: Activity,
      needs: "audit:read",
      goKey: "a",
      place: 60,
    },
  ],
} as const satisfies Kind
