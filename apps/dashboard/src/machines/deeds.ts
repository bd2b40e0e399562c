import { Server } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const machinesDeeds = {
  icons: { machine: Server },
  actions: {
    "machine.create": "Machine created",
    "machine.start": "Machine started",
    "machine.stop": "Machine stopped",
    "machine.restart": "Machine restarted",
    "machine.wake": "Machine woken",
    // Asked for first; `deleted` follows once everything is checked to be gone.
    "machine.delete": "Machine deletion asked for",
    "machine.deleted": "Machine deleted",
  },
} as const satisfies Deeds
