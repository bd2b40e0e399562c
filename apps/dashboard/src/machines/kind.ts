import { Globe, Server, Zap } from "lucide-react"
import type { Kind } from "../kind.ts"
import { appChanged, machineChanged } from "./live.ts"

/** The machine of each project, its app, and what the app prints. */
export const machinesKind = {
  live: { "machine.changed": machineChanged, "app.changed": appChanged },
  pages: [
    { at: "/projects/{projectId}/logs", name: "Logs", place: 40 },
    { at: "/projects/{projectId}/machine", name: "Machine", place: 50 },
  ],
  icons: { machine: Server, app: Zap, preview: Globe },
  actions: {
    "machine.create": "Machine created",
    "machine.start": "Machine started",
    "machine.stop": "Machine stopped",
    "machine.restart": "Machine restarted",
    "machine.wake": "Machine woken",
    "machine.deleted": "Machine deleted",
    "app.start": "App started",
    "app.deleted": "App deleted",
    "preview.link": "Preview opened",
  },
} as const satisfies Kind
