import { z } from "zod"
import { backupId } from "./backups.ts"
import { instant } from "./ids.ts"
import { inProject, projectId } from "./kinds/projects.ts"
import type { RouteTable } from "./route.ts"

/** Bytes of a table's rows that are brought in at once, and of a whole database file. */
export const importBytesMax = 5 * 1024 * 1024
export const databaseBytesMax = 64 * 1024 * 1024
/** Rows that are brought in at once. */
export const importRowsMax = 50_000

/** A path below `/data`, as the list of databases has it. */
const below = (length: number, example: string) =>
  z
    .string()
    .min(1)
    .max(length)
    .refine(
      (path) => path.split("/").every((part) => !["", ".", ".."].includes(part)),
      `Name a file below /data, for example “${example}”.`,
    )
const databasePath = below(255, "app.sqlite")
const dataPath = below(4096, "uploads/film.mp4")
const tableName = z.string().min(1).max(200)
export const tableFormats = ["csv", "json"] as const
export type TableFormat = (typeof tableFormats)[number]

const dataColumn = z.object({
  name: z.string(),
  type: z.string().meta({ description: "as its table declares it; may be empty" }),
  required: z.boolean(),
  key: z.boolean().meta({ description: "part of the primary key" }),
})
export type DataColumn = z.infer<typeof dataColumn>

const dataTable = z.object({
  name: z.string(),
  rows: z.number().int().nullable().meta({ description: "null: more than were counted" }),
  columns: z.array(dataColumn),
})

export const database = z
  .object({
    path: z.string(),
    bytes: z.number().int(),
    tables: z.array(dataTable),
    failure: z.string().nullable().meta({ description: "why its tables cannot be read" }),
  })
  .meta({ id: "AppDatabase" })
export type AppDatabase = z.infer<typeof database>

/** A long text is cut, and bytes are only counted: an export has all of them. */
const cell = z.union([
  z.null(),
  z.number(),
  z.string(),
  z.object({ text: z.string(), length: z.number().int() }),
  z.object({ bytes: z.number().int() }),
])
export type DataCell = z.infer<typeof cell>

export const rowsPage = z
  .object({
    columns: z.array(dataColumn),
    rows: z.array(z.array(cell)),
    total: z.number().int().nullable().meta({ description: "null: more than were counted" }),
  })
  .meta({ id: "AppRows" })
export type RowsPage = z.infer<typeof rowsPage>

export const imported = z
  .object({
    rows: z.number().int().meta({ description: "found in what was sent" }),
    added: z.number().int().meta({ description: "0 when nothing was written" }),
    errors: z
      .array(z.object({ line: z.number().int(), say: z.string() }))
      .meta({ description: "the first of them; with any, nothing is written" }),
    backupId: backupId.nullable().meta({ description: "the data as they were before" }),
  })
  .meta({ id: "ImportedRows" })
export type ImportedRows = z.infer<typeof imported>

export const dataFiles = z
  .object({
    items: z
      .array(z.object({ path: z.string(), bytes: z.number().int(), changedAt: instant }))
      .meta({ description: "the largest first, at most 200" }),
    files: z.number().int().nullable().meta({ description: "in all; null: too many to count" }),
    bytes: z.number().int().meta({ description: "that the counted ones take on the disk" }),
    bytesMax: z.number().int().meta({ description: "the size of the machine's disk" }),
  })
  .meta({ id: "AppDataFiles" })
export type DataFiles = z.infer<typeof dataFiles>

const params = z.object({ projectId })
const ofTable = { database: databasePath, table: tableName }
const read = { ...inProject, permission: "data:read" } as const
const manage = { ...inProject, permission: "data:manage" } as const

/** The SQLite databases that an app keeps in `/data`, looked at from inside its machine. */
export const appDataRoutes = {
  "GET /projects/{projectId}/databases": {
    summary: "SQLite databases of the live app, with their tables",
    access: read,
    params,
    reply: { status: 200, body: z.object({ items: z.array(database) }) },
    faults: ["wrong_state", "unavailable"],
  },
  "GET /projects/{projectId}/rows": {
    summary: "Rows of a table, sorted and searched",
    access: read,
    params,
    query: z.object({
      ...ofTable,
      search: z.string().max(200).optional(),
      sort: z.string().max(200).optional(),
      descending: z.enum(["true", "false"]).default("false"),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
    reply: { status: 200, body: rowsPage },
    faults: ["invalid", "wrong_state", "unavailable"],
  },
  "GET /projects/{projectId}/rows/file": {
    summary: "A whole table as CSV, or as JSON",
    access: read,
    params,
    query: z.object({ ...ofTable, format: z.enum(tableFormats) }),
    reply: { status: 200, file: "text/csv; charset=utf-8" },
    faults: ["invalid", "wrong_state", "too_large", "unavailable"],
    audited: true,
  },
  "POST /projects/{projectId}/rows/file": {
    summary:
      "Bring rows into a table from CSV or JSON: all of them or none. The data are backed up before; a dry run says what does not fit",
    access: manage,
    params,
    query: z.object({
      ...ofTable,
      format: z.enum(tableFormats),
      dryRun: z.enum(["true", "false"]).default("false"),
      replace: z.enum(["true", "false"]).default("false").meta({
        description: "whether the rows that are there are deleted first",
      }),
    }),
    raw: {
      types: ["application/octet-stream", "text/csv"],
      bytesMax: importBytesMax,
    },
    reply: { status: 200, body: imported },
    faults: ["invalid", "wrong_state", "too_large", "quota_exceeded", "disk_full", "unavailable"],
  },
  "GET /projects/{projectId}/databases/file": {
    summary: "A whole SQLite database as it is at one moment",
    access: read,
    params,
    query: z.object({ database: databasePath }),
    reply: { status: 200, file: "application/vnd.sqlite3" },
    faults: ["invalid", "wrong_state", "too_large", "unavailable"],
    audited: true,
  },
  "PUT /projects/{projectId}/databases/file": {
    summary:
      "Put a SQLite database in the place of another: the data are backed up before, and the app is restarted",
    access: manage,
    params,
    query: z.object({ database: databasePath }),
    raw: {
      types: ["application/octet-stream", "application/vnd.sqlite3"],
      bytesMax: databaseBytesMax,
    },
    reply: { status: 200, body: z.object({ backupId }) },
    faults: ["invalid", "wrong_state", "too_large", "disk_full", "unavailable"],
  },
  "GET /projects/{projectId}/data-files": {
    summary: "The largest files that the live app keeps, and how much of the disk they all take",
    access: read,
    params,
    reply: { status: 200, body: dataFiles },
    faults: ["wrong_state", "unavailable"],
  },
  "DELETE /projects/{projectId}/data-files": {
    summary:
      "Delete a file that the live app keeps, as when its disk is full; only a backup that was made before has it then",
    access: manage,
    params,
    query: z.object({ path: dataPath }),
    reply: { status: 204, body: null },
    faults: ["not_found", "wrong_state", "unavailable"],
  },
} as const satisfies RouteTable
