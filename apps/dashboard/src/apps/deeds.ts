import { DatabaseBackup, Globe, Zap } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const appsDeeds = {
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
} as const satisfies Deeds
