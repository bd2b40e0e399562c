import { changed } from "../../core/changes.ts"
import type { Ctx } from "../../core/ctx.ts"
import { emit } from "../../core/emit.ts"
import type { Resource } from "../../core/resource.ts"
import { needProject } from "../../projects/index.ts"
import { findOfProject } from "../queries.ts"
import { type BackupRow, showBackup } from "./backup.ts"
import { findBackup } from "./queries.ts"

export const backupResource: Resource<BackupRow> = {
  noun: "backup",
  loop: "backups",
  find: (ctx, id) => findBackup(ctx.db, id),
  about: async (ctx, row) => (await needProject(ctx, row.projectId)).name,
  tell: tellBackup,
}

function tellBackup(ctx: Ctx, { id, projectId }: Pick<BackupRow, "id" | "projectId">): void {
  changed(ctx, `backup/${id}`, async () => {
    const about = { project: projectId }
    const row = await findBackup(ctx.db, id)
    if (!row) return emit(ctx, { kind: "backup.deleted", about, id, data: { id, projectId } })
    const data = showBackup(row, await findOfProject(ctx.db, projectId))
    emit(ctx, { kind: "backup.changed", about, id, data })
  })
}
