import { z } from "zod"
import { idOf, instant } from "./ids.ts"
import { inProject, projectId } from "./kinds/projects.ts"
import { organizationId } from "./kinds/tenants.ts"
import { pageOf, pageQuery } from "./paging.ts"
import type { RouteTable } from "./route.ts"

export const backupId = idOf("bak", "a backup")

/** Bytes of one backup's archive. */
export const backupBytesMax = 8 * 1024 * 1024 * 1024
/** Of those that the platform makes by itself, a project's newest so many stay. */
export const backupsByItselfMax = 5
/** How many that people asked for a project can have. */
export const backupsAskedMax = 20

/** `making` the data are being packed, `kept` they can be restored, `failed` it says why, `deleting` it goes. */
export const backupStates = ["making", "kept", "failed", "deleting"] as const

/** Why it was made: somebody asked, or right before another version, a restore or an import. */
export const backupReasons = ["asked", "version", "restore", "import"] as const
export type BackupReason = (typeof backupReasons)[number]

/** An app's data as they were at one moment. */
export const backup = z
  .object({
    id: backupId,
    organizationId,
    projectId,
    state: z.enum(backupStates),
    reason: z.enum(backupReasons).meta({
      description: "who asked for it: a person, or what was about to change the data",
    }),
    note: z.string(),
    commit: z.string().nullable().meta({ description: "the version that ran on these data" }),
    bytes: z.number().int().nullable().meta({ description: "of its archive" }),
    sha256: z.string().nullable().meta({ description: "of its archive, in hexadecimal" }),
    failure: z.string().nullable().meta({ description: "why it could not be made" }),
    restoring: z.boolean().meta({ description: "whether it is being restored" }),
    restoredAt: instant.nullable().meta({ description: "when it was restored last" }),
    restoreFailure: z
      .string()
      .nullable()
      .meta({ description: "why the last restore of it was taken back" }),
    createdBy: z.string(),
    createdAt: instant,
    keptAt: instant.nullable(),
  })
  .meta({ id: "Backup" })
export type Backup = z.infer<typeof backup>

const params = z.object({ backupId })
const onBackup = { by: "object", object: "backup", from: "backupId" } as const

/** Copies of what an app keeps in `/data`. They are served by the kind `apps`, whose loop restores them. */
export const backupRoutes = {
  "GET /projects/{projectId}/backups": {
    summary: "Backups of the app's data, newest first",
    access: { ...inProject, permission: "data:read" },
    params: z.object({ projectId }),
    query: z.object({ ...pageQuery }),
    reply: { status: 200, body: pageOf(backup) },
  },
  "POST /projects/{projectId}/backups": {
    summary: "Back up the app's data as they are now; the app stands still while they are packed",
    access: { ...inProject, permission: "data:manage" },
    params: z.object({ projectId }),
    body: z.strictObject({
      note: z.string().trim().max(200, "Use at most 200 characters.").default(""),
    }),
    reply: { status: 202, body: backup },
    faults: ["wrong_state", "quota_exceeded"],
    idempotent: true,
    provisions: true,
    example: { body: { note: "Before the sale" } },
  },
  "GET /backups/{backupId}": {
    summary: "One backup",
    access: { ...onBackup, permission: "data:read" },
    params,
    reply: { status: 200, body: backup },
  },
  "GET /backups/{backupId}/archive": {
    summary: "Download a backup: a tar archive of the app's folder /data",
    access: { ...onBackup, permission: "data:read" },
    params,
    reply: { status: 200, file: "application/x-tar" },
    faults: ["wrong_state"],
    audited: true,
  },
  "POST /backups/{backupId}/restore": {
    summary:
      "Bring the app's data back as they are in a backup: the present ones are backed up before, and come back when the app does not run on the others",
    access: { ...onBackup, permission: "data:manage" },
    params,
    reply: { status: 202, body: backup },
    faults: ["conflict", "wrong_state", "quota_exceeded"],
    provisions: true,
  },
  "DELETE /backups/{backupId}": {
    summary: "Delete a backup",
    access: { ...onBackup, permission: "data:manage" },
    params,
    reply: { status: 202, body: backup },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable

export const backupQuotas = {
  backup_mib: {
    name: "Backups",
    counted: "MiB of backups",
    limits: { starter: 1024, pro: 20_480, team: 204_800 },
  },
} as const
