import { Globe, Server, Zap } from "lucide-react"
import type { Kind } from "../kind.ts"
import { appChanged, appDeleted, machineChanged, machineDeleted } from "./live.ts"

/** The machine of each project, its app, and what the app prints. */
export const machinesKind = {
  live: {
    "machine.changed": machineChanged,
    "machine.deleted": machineDeleted,
    "app.changed": appChanged,
    "app.deleted": appDeleted,
  },
  pages: [
    { at: "/projects/{projectId}/logs", name: "Logs", place: 40 },
    { at: "/projects/{projectId}/app", name: "App", place: 45 },
    { at: "/projects/{projectId}/machine", name: "Machine", place: 50 },
  ],
  icons: { machine: Server, app: Zap, preview: Globe },
  actions: {
    "machine.create": "Machine created",
    "machine.start": "Machine started",
    "machine.stop": "Machine stopped",
    "machine.restart": "Machine restarted",
    "machine.wake": "Machine woken",
    // Asked for first; `deleted` follows once everything is checked to be gone.
    "machine.delete": "Machine deletion asked for",
    "machine.deleted": "Machine deleted",
    "app.start": "App started",
    "app.restart": "App restarted",
    "app.configure": "App settings changed",
    "app.deleted": "App deleted",
    "preview.link": "Preview opened",
  },
} as const satisfies Kind
