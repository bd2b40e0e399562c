import { Globe, Server, Zap } from "lucide-react"
import type { Kind } from "../kind.ts"
import { appChanged, machineChanged } from "./live.ts"

/** The machine of each project, its app, and what the app prints. */
export const microvmsKind = {
  live: { "machine.changed": machineChanged, "app.changed": appChanged },
  pages: [
    { at: "/projects/{projectId}/logs", name: "Logs", place: 40 },
    { at: "/projects/{projectId}/machine", name: "Machine", place: 50 },
  ],
  icons: { microvm: Server, app: Zap, preview: Globe },
  actions: {
    "microvm.create": "Machine created",
    "microvm.start": "Machine started",
    "microvm.stop": "Machine stopped",
    "microvm.restart": "Machine restarted",
    "microvm.wake": "Machine woken",
    "microvm.deleted": "Machine deleted",
    "app.start": "App started",
    "app.deleted": "App deleted",
    "preview.link": "Preview opened",
  },
} as const satisfies Kind
