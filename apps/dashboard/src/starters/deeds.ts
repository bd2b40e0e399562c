import { LayoutTemplate } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const startersDeeds = {
  icons: { starter: LayoutTemplate },
  actions: { "starter.create": "Starter made", "starter.delete": "Starter deleted" },
} as const satisfies Deeds
