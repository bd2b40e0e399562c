import { SquareTerminal } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Programs that sign in as a person, who allows it here. */
export const devicesKind = {
  icons: { device: SquareTerminal },
  actions: { "device.allow": "Program signed in" },
} as const satisfies Kind
