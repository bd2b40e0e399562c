import { Mail } from "lucide-react"
import type { Kind } from "../kind.ts"

/** What the platform writes to people. */
export const mailKind = {
  icons: { outbox: Mail },
  actions: { "outbox.read": "Mails read" },
} as const satisfies Kind
