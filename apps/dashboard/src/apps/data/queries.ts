import { useInfiniteQuery } from "@tanstack/react-query"
import type { IdOf } from "@vibecaas/contract/kinds"
import { act } from "../../api/act.ts"
import { readPages } from "../../api/read.ts"

const renews = ["GET /projects/{projectId}/backups"] as const

/** Backups of a project's data, newest first. */
export const useBackups = (projectId: IdOf<"project">) =>
  useInfiniteQuery(
    readPages("GET /projects/{projectId}/backups", { params: { projectId }, query: { limit: 20 } }),
  )

export const askForBackup = act("POST /projects/{projectId}/backups", { renews, once: true })
export const restoreBackup = act("POST /backups/{backupId}/restore", { renews })
export const deleteBackup = act("DELETE /backups/{backupId}", { renews })
