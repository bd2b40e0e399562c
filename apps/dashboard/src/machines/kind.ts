import { Server } from "lucide-react"
import type { Kind } from "../kind.ts"
import { machineChanged, machineDeleted } from "./live.ts"

/** The machines of each project. */
export const machinesKind = {
  live: { "machine.changed": machineChanged, "machine.deleted": machineDeleted },
  pages: [{ at: "/projects/{projectId}/machine", name: "Machine", place: 50 }],
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
} as const satisfies Kind
