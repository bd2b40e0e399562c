import { Globe, Zap } from "lucide-react"
import type { Kind } from "../kind.ts"
import { appChanged, appDeleted } from "./live.ts"

/** The app of each project, what it prints and what became of its versions. */
export const appsKind = {
  live: { "app.changed": appChanged, "app.deleted": appDeleted },
  missed: { project: () => ["GET /apps/{appId}/settings", "GET /apps/{appId}/releases"] },
  pages: [
    { at: "/projects/{projectId}/data-model", name: "Data model", place: 25 },
    { at: "/projects/{projectId}/logs", name: "Logs", place: 40 },
    { at: "/projects/{projectId}/app", name: "App", place: 45 },
  ],
  icons: { app: Zap, preview: Globe },
  actions: {
    "app.start": "App started",
    "app.restart": "App restarted",
    "app.configure": "App settings changed",
    "app.deleted": "App deleted",
    "preview.link": "Preview opened",
  },
} as const satisfies Kind
