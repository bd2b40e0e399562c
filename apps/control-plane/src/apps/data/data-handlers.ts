import { randomUUID } from "node:crypto"
import { database, databaseBytesMax, dataFiles, rowsPage } from "@vibecaas/contract/app-data"
import { dataFilesMax } from "@vibecaas/contract/app-data-limits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Ctx } from "../../core/ctx.ts"
import type { FileContent, Handlers } from "../../core/kind.ts"
import { record } from "../../core/record.ts"
import { atMost, needProject } from "../../projects/index.ts"
import type { AppsParts } from "../parts.ts"
import { askInside, readInside } from "./ask-inside.ts"
import { deleteDataFile, importRows, replaceDatabase } from "./change-data.ts"
import { type DataOf, diskMibOf, needData } from "./need-data.ts"

/** How many of a server's calls may have whole tables and databases in their hands. */
const largeMax = 3
const exportBytesMax = 32 * 1024 * 1024
const listed = z.object({ items: z.array(database).max(20) })
const seenFiles = dataFiles.omit({ bytesMax: true })

/** The calls about what an app keeps in its databases. */
export function dataHandlers(parts: AppsParts) {
  const large = atMost(largeMax, tooMany)
  return {
    "GET /projects/{projectId}/databases": async ({ ctx, params }) => {
      const data = await needData(ctx, parts, params.projectId)
      return readInside(data, { op: "list", schema: listed })
    },
    "GET /projects/{projectId}/rows": async ({ ctx, params, query }) => {
      const data = await needData(ctx, parts, params.projectId)
      const { descending, ...asked } = query
      const down = descending === "true"
      return readInside(data, { ...asked, op: "rows", descending: down, schema: rowsPage })
    },
    "GET /projects/{projectId}/rows/file": ({ ctx, params, query }) =>
      large(async () => {
        const data = await needData(ctx, parts, params.projectId)
        const limits = { timeoutMs: 60_000, bytesMax: exportBytesMax }
        const bytes = await askInside(data, { op: "export", ...query }, limits)
        await recordRead(ctx, { ...params, ...query })
        const type = query.format === "csv" ? "text/csv; charset=utf-8" : "application/json"
        return asFile(bytes, { type, name: `${query.table}.${query.format}` })
      }),
    "POST /projects/{projectId}/rows/file": ({ ctx, params, query, raw }) =>
      large(() => {
        const [dryRun, replace] = [query.dryRun === "true", query.replace === "true"]
        const { database, table, format } = query
        const rows = { database, table, format, dryRun, replace, bytes: raw.bytes }
        return importRows(ctx, parts, { ...params, ...rows })
      }),
    "GET /projects/{projectId}/databases/file": ({ ctx, params, query }) =>
      large(async () => {
        const data = await needData(ctx, parts, params.projectId)
        const name = query.database.split("/").at(-1) ?? "app.sqlite"
        const bytes = await copyOf(data, query.database)
        await recordRead(ctx, { ...params, ...query })
        return asFile(bytes, { type: "application/vnd.sqlite3", name })
      }),
    "PUT /projects/{projectId}/databases/file": ({ ctx, params, query, raw }) =>
      large(async () => ({
        backupId: await replaceDatabase(ctx, parts, { ...params, ...query, bytes: raw.bytes }),
      })),
    "GET /projects/{projectId}/data-files": async ({ ctx, params }) => {
      const data = await needData(ctx, parts, params.projectId)
      const asked = { op: "files", most: dataFilesMax, schema: seenFiles } as const
      const bytesMax = (await diskMibOf(ctx, data)) * 1024 ** 2
      return { ...(await readInside(data, asked)), bytesMax }
    },
    "DELETE /projects/{projectId}/data-files": async ({ ctx, params, query }) =>
      deleteDataFile(ctx, parts, { ...params, ...query }),
  } satisfies Partial<Handlers<"apps">>
}

/** Whoever takes data away is on record. */
async function recordRead(
  ctx: Ctx,
  { projectId, ...what }: { projectId: IdOf<"project">; database: string; table?: string },
): Promise<void> {
  const { name: about } = await needProject(ctx, projectId)
  record(ctx, { action: "data.read", subject: projectId, details: { about, ...what } })
}

async function copyOf(data: DataOf, path: string): Promise<Buffer> {
  const to = `export-${randomUUID()}.sqlite`
  const { guest } = data.machine
  try {
    const schema = z.object({ bytes: z.number().int() })
    const { bytes } = await readInside(data, { op: "copy", database: path, to, schema })
    if (bytes > databaseBytesMax) throw tooLarge()
    return await guest.readFile(`/tmp/${to}`, databaseBytesMax)
  } finally {
    await guest.remove([`/tmp/${to}`])
  }
}

function asFile(bytes: Buffer, { type, name }: { type: string; name: string }): FileContent {
  return { type, name, bytes: bytes.length, pieces: piecesOf(bytes) }
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer, void> {
  const step = 256 * 1024
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
}

const tooLarge = () =>
  fault("too_large", {
    say: `The database is larger than ${databaseBytesMax / 1024 ** 2} MiB. Make a backup and download that.`,
  })

const tooMany = () =>
  fault("unavailable", {
    say: "Many tables are being read and written right now. Try again in a moment.",
    retryable: true,
    retryAfterSeconds: 2,
  })
