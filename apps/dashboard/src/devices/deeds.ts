import { SquareTerminal } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const devicesDeeds = {
  icons: { device: SquareTerminal },
  actions: { "device.allow": "Program signed in" },
} as const satisfies Deeds
