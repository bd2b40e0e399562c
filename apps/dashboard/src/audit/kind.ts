import { Activity, ShieldX } from "lucide-react"
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
  icons: { access: ShieldX, audit: Activity },
  actions: { "access.deny": "Refused", "audit.export": "Records exported" },
} as const satisfies Kind
