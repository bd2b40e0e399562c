import type { Kind } from "../kind.ts"
import { machineChanged, machineDeleted } from "./live.ts"

/** The machines of each project. */
export const machinesKind = {
  live: { "machine.changed": machineChanged, "machine.deleted": machineDeleted },
  pages: [{ at: "/projects/{projectId}/machine", name: "Machine", place: 50 }],
} as const satisfies Kind
