import { DatabaseBackup, Globe, Zap } from "lucide-react"
import type { Kind } from "../kind.ts"
import { appChanged, appDeleted, backupsChanged } from "./live.ts"

/** The app of each project, what it prints and what became of its versions. */
export const appsKind = {
  live: {
    "app.changed": appChanged,
    "app.deleted": appDeleted,
    "backup.changed": backupsChanged,
    "backup.deleted": backupsChanged,
  },
  missed: {
    project: () => [
      "GET /apps/{appId}/settings",
      "GET /apps/{appId}/releases",
      "GET /projects/{projectId}/backups",
    ],
  },
  pages: [
    { at: "/projects/{projectId}/data-model", name: "Data model", place: 25 },
    { at: "/projects/{projectId}/data", name: "Data", needs: "data:read", place: 26 },
    { at: "/projects/{projectId}/logs", name: "Logs", place: 40 },
    { at: "/projects/{projectId}/app", name: "App", place: 45 },
  ],
  icons: { app: Zap, preview: Globe, backup: DatabaseBackup },
  actions: {
    "app.start": "App started",
    "app.restart": "App restarted",
    "app.configure": "App settings changed",
    "app.deleted": "App deleted",
    "app.restore-data": "Restore of data asked for",
    "data.read": "Data downloaded",
    "data.import": "Rows imported",
    "data.replace": "Database replaced",
    "data.delete": "Data file deleted",
    "backup.ask": "Backup asked for",
    "backup.keep": "Backup made",
    "backup.delete": "Backup to be deleted",
    "backup.deleted": "Backup deleted",
    "backup.read": "Backup downloaded",
    "backup.restored": "Backup restored",
    "backup.not-restored": "Restore taken back",
    "preview.link": "Preview opened",
  },
} as const satisfies Kind
