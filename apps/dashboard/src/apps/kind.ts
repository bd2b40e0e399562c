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
} as const satisfies Kind
