import { z } from "zod"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import {
  store,
  storeBackupId,
  storeEngine,
  storeEvent,
  storeId,
  storeOrder,
  storePreflight,
  storeProbe,
  storeRelease,
  storeReleaseId,
  storesUsage,
  storeUse,
  storeWorkId,
} from "../store.ts"
import { storeBackupRoutes } from "../store-backup-routes.ts"
import { queuedStore, storeMetrics } from "../store-platform.ts"
import {
  deletedStore,
  preflightOf,
  restoreFrom,
  retryHow,
  revealReason,
  rollbackTo,
  storeChange,
  storeFilter,
  upgradeTo,
  wantedStore,
} from "../store-requests.ts"
import { storeAllows, storeStates } from "../store-states.ts"

const params = z.object({ storeId })
const onStore = { by: "object", object: "store", from: "storeId" } as const
const read = { ...onStore, permission: "store:read" } as const
const operate = { ...onStore, permission: "store:operate" } as const

/** What answers once a wish is written: the store as it is then. */
const accepted = { status: 202, body: store } as const
const wish = {
  access: operate,
  params,
  reply: accepted,
  provisions: true,
  idempotent: true,
} as const

const example = {
  body: { name: "Linden Street Books", engine: "simulator", plan: "basic" },
}

export const storeRoutes = {
  ...storeBackupRoutes,
  "GET /store-engines": {
    summary:
      "Engines that stores can run, with their versions, and how to install what is not here",
    access: { by: "user" },
    apiKey: true,
    reply: { status: 200, body: z.object({ items: z.array(storeEngine) }) },
  },
  "GET /stores": {
    summary: "Stores of an organization (your personal one by default), and how many may be made",
    access: { by: "organization", permission: "store:read" },
    query: z.object({ ...pageQuery, ...storeFilter }),
    reply: { status: 200, body: pageOf(store).extend({ usage: storesUsage }) },
    tool: {
      name: "list_stores",
      says: "Lists an organization's stores with their addresses and states.",
      shows: z.object({
        items: z.array(store.pick({ id: true, name: true, engine: true, state: true, url: true })),
      }),
    },
  },
  "POST /stores": {
    summary: "Make a store; it is ready once an order has gone through it",
    access: { by: "organization", permission: "store:create" },
    body: wantedStore,
    reply: accepted,
    faults: ["invalid", "name_taken", "quota_exceeded", "wrong_state"],
    idempotent: true,
    provisions: true,
    example,
  },
  "POST /stores/preflight": {
    summary: "Whether a store of a plan fits, line by line, without making one",
    access: { by: "organization", permission: "store:read" },
    body: preflightOf,
    reply: { status: 200, body: storePreflight },
  },
  "GET /stores/{storeId}": {
    summary: "One store",
    access: read,
    params,
    reply: { status: 200, body: store },
  },
  "PATCH /stores/{storeId}": {
    summary:
      "Change a store's plan, values, or how often it is backed up and its backups are proved",
    access: operate,
    params,
    body: storeChange,
    reply: { status: 200, body: store },
    faults: ["invalid", "quota_exceeded", "version_mismatch", "wrong_state"],
    ifMatch: true,
  },
  "DELETE /stores/{storeId}": {
    summary: "Delete a store with all it has; it is gone once nothing is left of it",
    access: { ...onStore, permission: "store:delete" },
    params,
    body: deletedStore,
    reply: accepted,
    faults: ["invalid"],
  },
  "GET /stores/{storeId}/events": {
    summary: "What happened to a store, newest first",
    access: read,
    params,
    query: z.object(pageQuery),
    reply: { status: 200, body: pageOf(storeEvent) },
  },
  "GET /stores/{storeId}/releases": {
    summary: "Versions that a store has run, newest first",
    access: read,
    params,
    reply: { status: 200, body: z.object({ items: z.array(storeRelease) }) },
  },
  "GET /stores/{storeId}/orders": {
    summary: "A store's last orders, as its engine tells them",
    access: { ...onStore, permission: "store:operate" },
    params,
    reply: { status: 200, body: z.object({ items: z.array(storeOrder) }) },
    faults: ["unavailable", "wrong_state"],
  },
  "GET /stores/{storeId}/probes": {
    summary: "Orders that we placed in a store to see that it sells, newest first",
    access: read,
    params,
    reply: { status: 200, body: z.object({ items: z.array(storeProbe) }) },
  },
  "GET /stores/{storeId}/use": {
    summary: "How much memory and disk a store uses, and how much it may",
    access: read,
    params,
    reply: { status: 200, body: storeUse },
  },
  "GET /stores/{storeId}/logs": {
    summary: "The last output of a store's programs",
    access: operate,
    params,
    query: z.object({ tailBytes: z.coerce.number().int().min(1).max(262_144).default(65_536) }),
    reply: { status: 200, body: z.object({ text: z.string() }) },
  },
  "POST /stores/{storeId}/credentials/reveal": {
    summary: "Read how to sign in to a store's admin, saying why; who did is in the activity",
    access: { ...onStore, permission: "store:reveal" },
    params,
    body: revealReason,
    reply: {
      status: 200,
      body: z.object({ items: z.array(z.object({ name: z.string(), value: z.string() })) }),
    },
    faults: ["wrong_state"],
  },
  "POST /stores/{storeId}/start": {
    ...wish,
    summary: "Start a stopped store",
    faults: ["wrong_state"],
  },
  "POST /stores/{storeId}/stop": {
    ...wish,
    summary: "Stop a store; its data are kept",
    faults: ["wrong_state"],
  },
  "POST /stores/{storeId}/upgrade": {
    ...wish,
    summary: "Run a later version; what was there is put back when it does not sell",
    body: upgradeTo,
    faults: ["invalid", "wrong_state"],
  },
  "POST /stores/{storeId}/rollback": {
    ...wish,
    summary: "Go back to an earlier release with its data; orders since then are lost",
    body: rollbackTo,
    faults: ["conflict", "invalid", "wrong_state"],
  },
  "POST /stores/{storeId}/restore": {
    ...wish,
    summary: "Put a backup in place of a store's data; what is there now is backed up before",
    body: restoreFrom,
    faults: ["invalid", "wrong_state"],
  },
  "POST /stores/{storeId}/retry": {
    ...wish,
    summary: "Do what failed again, from the step at which it did",
    body: retryHow,
    faults: ["wrong_state"],
  },
  "POST /stores/{storeId}/cancel": {
    ...wish,
    summary: "Cancel what is done to a store; what was there before is put back",
    faults: ["wrong_state"],
  },
  "POST /stores/{storeId}/probe": {
    ...wish,
    summary: "Place an order now, and cancel it, to see that the store sells",
    faults: ["wrong_state"],
  },
  "GET /queue": {
    summary: "Stores of all organizations that are made now, or wait for it, in order",
    access: { by: "platform-admin" },
    reply: {
      status: 200,
      body: z.object({ atOnce: z.number().int(), items: z.array(queuedStore) }),
    },
  },
  "GET /platform/store-metrics": {
    summary: "Stores made, how long it took and what failed, by day and engine",
    access: { by: "platform-admin" },
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    reply: { status: 200, body: storeMetrics },
  },
  "GET /platform/store-metrics/csv": {
    summary: "The same for a spreadsheet",
    access: { by: "platform-admin" },
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    reply: { status: 200, file: "text/csv; charset=utf-8" },
  },
} as const satisfies RouteTable

export const stores = defineKind({
  noun: "store",
  about: "Shops that take orders: made by a click, each apart from all others.",
  parent: "organization",
  ids: {
    store: storeId,
    storeBackup: storeBackupId,
    storeRelease: storeReleaseId,
    storeWork: storeWorkId,
  },
  objects: { store: { read: "store:read" }, storeBackup: { read: "store:read" } },
  states: { store: storeStates },
  allows: { store: storeAllows },
  may: {
    "store:read": ["owner", "admin", "developer", "viewer"],
    "store:create": ["owner", "admin", "developer"],
    "store:operate": ["owner", "admin", "developer"],
    "store:delete": ["owner", "admin"],
    "store:reveal": ["owner", "admin"],
  },
  quotas: {
    stores: { name: "Stores", counted: "stores", limits: { starter: 5, pro: 20, team: 100 } },
    store_memory_mib: {
      name: "Memory of stores",
      counted: "MiB of store memory",
      limits: { starter: 4096, pro: 32_768, team: 262_144 },
    },
  },
  meters: { "store.seconds": { name: "Store time", unit: "seconds" } },
  events: { "store.changed": ["organization"], "store.deleted": ["organization"] },
  loops: ["stores"],
  routes: storeRoutes,
})
