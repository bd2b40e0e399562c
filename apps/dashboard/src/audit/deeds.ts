import { Activity, ShieldX } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const auditDeeds = {
  icons: { access: ShieldX, audit: Activity },
  actions: { "access.deny": "Refused", "audit.export": "Records exported" },
} as const satisfies Deeds
