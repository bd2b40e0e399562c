import { Mail } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const mailDeeds = {
  icons: { outbox: Mail },
  actions: { "outbox.read": "Mails read" },
} as const satisfies Deeds
