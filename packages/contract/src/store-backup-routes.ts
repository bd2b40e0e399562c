import { z } from "zod"
import { organizationId } from "./kinds/tenants.ts"
import type { RouteTable } from "./route.ts"
import {
  store,
  storeArchiveBytesMax,
  storeBackup,
  storeBackupId,
  storeDrill,
  storeId,
} from "./store.ts"

const params = z.object({ storeId })
const onStore = { by: "object", object: "store", from: "storeId" } as const
const read = { ...onStore, permission: "store:read" } as const
const backupParams = z.object({ backupId: storeBackupId })
const onBackup = { by: "object", object: "storeBackup", from: "backupId" } as const
const wish = {
  access: { ...onStore, permission: "store:operate" },
  params,
  reply: { status: 202, body: store },
  provisions: true,
  idempotent: true,
} as const

/** Copies of what a store has: made, proved, taken away and brought again. */
export const storeBackupRoutes = {
  "GET /stores/{storeId}/backups": {
    summary: "Backups of a store, newest first",
    access: read,
    params,
    reply: { status: 200, body: z.object({ items: z.array(storeBackup) }) },
  },
  "GET /store-backups": {
    summary: "Backups of all stores of an organization, also of those that are gone, newest first",
    access: { by: "organization", permission: "store:read" },
    query: z.object({ organizationId: organizationId.optional() }),
    reply: { status: 200, body: z.object({ items: z.array(storeBackup) }) },
  },
  "POST /store-backups": {
    summary:
      "Upload a backup that was downloaded: for a store of its engine, or to begin a new one with",
    access: { by: "organization", permission: "store:create" },
    query: z.object({
      organizationId: organizationId.optional(),
      storeId: storeId.optional().meta({ description: "the store that can be restored from it" }),
    }),
    raw: {
      types: ["application/octet-stream", "application/x-tar"],
      bytesMax: storeArchiveBytesMax,
    },
    reply: { status: 201, body: storeBackup },
    faults: ["invalid", "wrong_state", "too_large", "disk_full", "unavailable"],
  },
  "GET /store-backups/{backupId}/archive": {
    summary:
      "Download a backup, also of a store that is gone: a tar archive with its database and files",
    access: { ...onBackup, permission: "store:reveal" },
    params: backupParams,
    reply: { status: 200, file: "application/x-tar" },
    faults: ["wrong_state", "unavailable"],
    audited: true,
  },
  "DELETE /store-backups/{backupId}": {
    summary: "Delete a backup of a store",
    access: { ...onBackup, permission: "store:delete" },
    params: backupParams,
    reply: { status: 204, body: null },
    faults: ["wrong_state"],
  },
  "GET /stores/{storeId}/drills": {
    summary:
      "Restore drills of a store, newest first: whether a backup sells, and how long it took",
    access: read,
    params,
    reply: { status: 200, body: z.object({ items: z.array(storeDrill) }) },
  },
  "POST /stores/{storeId}/backups": {
    ...wish,
    summary: "Back up a store's data",
    faults: ["wrong_state"],
  },
  "POST /stores/{storeId}/drills": {
    ...wish,
    summary:
      "Prove the newest backup now: restored into a store that is thrown away, with an order through it",
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable
