import { randomUUID } from "node:crypto"
import { type ImportedRows, imported, type TableFormat } from "@vibecaas/contract/app-data"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Ctx } from "../../core/ctx.ts"
import { record } from "../../core/record.ts"
import { needLivingProject } from "../../projects/index.ts"
import { addMade } from "../backups/keep-backup.ts"
import type { AppsParts } from "../parts.ts"
import { restartApp } from "../start-app.ts"
import { dataFolder } from "../switch-app.ts"
import { readInside } from "./ask-inside.ts"
import { type DataOf, lockData, needData } from "./need-data.ts"
import { readRows } from "./read-rows.ts"

type DataParts = Pick<AppsParts, "live" | "snapshots">

export interface RowsToImport {
  projectId: IdOf<"project">
  database: string
  table: string
  format: TableFormat
  bytes: Uint8Array
  dryRun: boolean
  replace: boolean
}

const outcome = imported.omit({ backupId: true })
/** Longest time for what changes data, in `ms`. */
const changeMsMax = 60_000

/**
 * Brings rows into a table, all or none. A dry run does the same and takes it back. Where they all fit, the data
 * are backed up before they are brought in for good.
 *
 * @throws Fault `invalid`, `wrong_state`, `too_large`, `disk_full`, `unavailable`
 */
export async function importRows(
  ctx: Ctx,
  parts: DataParts,
  of: RowsToImport,
): Promise<ImportedRows> {
  const { projectId, database, table, format, replace } = of
  const rows = await readRows(of.bytes, format)
  const { name } = await needLivingProject(ctx, projectId)
  const lines = rows.map((row) => JSON.stringify(row))
  const bring = (data: DataOf, dryRun: boolean) => {
    const asked = { op: "import", database, table, dryRun, replace, schema: outcome } as const
    return readInside(data, asked, { timeoutMs: changeMsMax, lines })
  }
  const tried = await bring(await needData(ctx, parts, projectId), true)
  if (of.dryRun || tried.errors.length > 0) return { ...tried, added: 0, backupId: null }
  const data = await lockData(ctx, parts, projectId)
  const backupId = await backUp(ctx, parts, data)
  const done = await bring(data, false)
  const details = { about: name, database, table, rows: done.added, replace, backup: backupId }
  record(ctx, { action: "data.import", subject: projectId, details })
  return { ...done, backupId }
}

/**
 * Puts a database in the place of another, and restarts the app on it.
 *
 * @throws Fault `invalid`, `wrong_state`, `disk_full`, `unavailable`
 */
export async function replaceDatabase(
  ctx: Ctx,
  parts: DataParts,
  of: { projectId: IdOf<"project">; database: string; bytes: Uint8Array },
): Promise<IdOf<"backup">> {
  const { projectId, database } = of
  const { name } = await needLivingProject(ctx, projectId)
  const data = await lockData(ctx, parts, projectId)
  const from = `import-${randomUUID()}.sqlite`
  await data.machine.guest.writeFiles([{ path: `/tmp/${from}`, content: of.bytes }])
  const backupId = await backUp(ctx, parts, data)
  const asked = { op: "replace", database, from, schema: z.strictObject({}) } as const
  await readInside(data, asked, { timeoutMs: changeMsMax })
  const details = { about: name, database, bytes: of.bytes.length, backup: backupId }
  record(ctx, { action: "data.replace", subject: projectId, details })
  await restartApp(ctx, data.app.id)
  return backupId
}

/**
 * Deletes one file of an app's data: the way out of a full disk, on which no app starts.
 *
 * @throws Fault `not_found`, `wrong_state`, `unavailable`
 */
export async function deleteDataFile(
  ctx: Ctx,
  parts: Pick<AppsParts, "live">,
  { projectId, path }: { projectId: IdOf<"project">; path: string },
): Promise<undefined> {
  const { name } = await needLivingProject(ctx, projectId)
  const data = await lockData(ctx, parts, projectId)
  const asked = { op: "remove", path, schema: z.object({ removed: z.boolean() }) } as const
  const { removed } = await readInside(data, asked)
  if (!removed) throw fault("not_found", { say: "The app keeps no such file." })
  record(ctx, { action: "data.delete", subject: projectId, details: { about: name, path } })
  return undefined
}

/** A backup right now: whoever asked waits for it. */
async function backUp(ctx: Ctx, { snapshots }: DataParts, data: DataOf): Promise<IdOf<"backup">> {
  const id = ctx.newId("bak")
  const { projectId } = data.app
  const written = await snapshots.write({ projectId, id }, data.machine.guest.pack(dataFolder))
  try {
    await addMade(ctx, data.app, { id, reason: "import", ...written })
    return id
  } catch (error) {
    if (isFault(error)) await snapshots.remove({ projectId, id })
    throw error
  }
}
