import { backupId } from "@vibecaas/contract/backups"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Ctx } from "../../core/ctx.ts"
import { decodeCursor, takePage } from "../../core/cursor.ts"
import type { FileContent, Handlers } from "../../core/kind.ts"
import { record } from "../../core/record.ts"
import { needProject } from "../../projects/index.ts"
import type { AppsParts } from "../parts.ts"
import { findOfProject } from "../queries.ts"
import type { Snapshots } from "../snapshots.ts"
import { type BackupRow, showBackup } from "./backup.ts"
import { askForBackup, deleteBackup, needBackup, restoreBackup } from "./change-backups.ts"
import { listBackups } from "./queries.ts"

const place = z.object({ id: backupId })

export function backupHandlers(parts: AppsParts) {
  return {
    "GET /projects/{projectId}/backups": async ({ ctx, params, query }) => {
      await needProject(ctx, params.projectId)
      const before = decodeCursor(place, query.cursor)?.id
      const page = { limit: query.limit + 1, before }
      const rows = await listBackups(ctx.db, params.projectId, page)
      const app = await findOfProject(ctx.db, params.projectId)
      const show = (row: BackupRow) => showBackup(row, app)
      return takePage(rows, query.limit, { show, position: ({ id }) => ({ id }) })
    },
    "POST /projects/{projectId}/backups": async ({ ctx, params, body }) =>
      show(ctx, await askForBackup(ctx, { ...params, ...body })),
    "GET /backups/{backupId}": async ({ ctx, params }) =>
      show(ctx, await needBackup(ctx, params.backupId)),
    "GET /backups/{backupId}/archive": async ({ ctx, params }) =>
      download(ctx, parts.snapshots, await needBackup(ctx, params.backupId)),
    "POST /backups/{backupId}/restore": async ({ ctx, params }) =>
      show(ctx, await restoreBackup(ctx, parts, params.backupId)),
    "DELETE /backups/{backupId}": async ({ ctx, params }) =>
      show(ctx, await deleteBackup(ctx, params.backupId)),
  } satisfies Partial<Handlers<"apps">>
}

const show = async (ctx: Ctx, row: BackupRow) =>
  showBackup(row, await findOfProject(ctx.db, row.projectId))

async function download(ctx: Ctx, snapshots: Snapshots, row: BackupRow): Promise<FileContent> {
  if (row.state !== "kept" || row.wanted === "gone" || row.bytes === null) {
    throw fault("wrong_state", { say: "This backup is not kept, so it cannot be downloaded." })
  }
  const { slug, name } = await needProject(ctx, row.projectId)
  record(ctx, { action: "backup.read", subject: row.id, details: { about: name } })
  const day = row.createdAt.toISOString().slice(0, 16).replace(":", "")
  return { name: `${slug}-${day}.tar`, bytes: row.bytes, pieces: await snapshots.read(row) }
}
