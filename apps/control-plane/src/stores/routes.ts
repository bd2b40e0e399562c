import type { Store } from "@vibecaas/contract/store"
import { storeId } from "@vibecaas/contract/store"
import { z } from "zod"
import type { Ctx } from "../core/ctx.ts"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Handlers } from "../core/kind.ts"
import { cancelWork, retryStore } from "./cancel-store.ts"
import { changeStore, deleteStore } from "./change-store.ts"
import { createStore } from "./create-store.ts"
import { drillStore } from "./drill-store.ts"
import { downloadBackup, removeKept, uploadBackup } from "./kept-backups.ts"
import { needStore } from "./need-store.ts"
import {
  backUpStore,
  probeStoreNow,
  restoreStore,
  rollBackStore,
  startStore,
  stopStore,
  upgradeStore,
} from "./operate-store.ts"
import { preflight, usageOf } from "./preflight.ts"
import { listBackups, listDrills, listEvents, listKept, listProbes } from "./queries/history.ts"
import { listStores, positionOf } from "./queries/stores.ts"
import { metricsCsv, readMetrics, readQueue } from "./read-platform.ts"
import { listOrders, readLogs, revealCredentials, showReleases } from "./read-store.ts"
import { type StoreId, type StoreRow, showBackup, showDrill } from "./store.ts"
import { showAll } from "./store-resource.ts"
import { readUse } from "./store-use.ts"
import type { StoresParts } from "./stores-parts.ts"

export function storeHandlers(parts: StoresParts): Handlers<"stores"> {
  return {
    ...listHandlers(parts),
    ...backupHandlers(parts),
    ...oneHandlers(parts),
    ...wishHandlers(parts),
    ...adminHandlers(parts),
  }
}

const listCursor = z.object({ by: z.string(), id: storeId })

function listHandlers(parts: StoresParts) {
  return {
    "GET /store-engines": async () => ({ items: await parts.catalog.list() }),
    "GET /stores": async ({ ctx, query, principal }) => {
      const { limit, cursor, ...filter } = query
      await parts.catalog.list()
      const after = decodeCursor(listCursor, cursor)
      const rows = await listStores(ctx.db, filter, { limit, after })
      const shown = await showAll(ctx, parts.catalog, rows)
      const byId = new Map(shown.map((each) => [each.id, each]))
      const page = takePage(rows, limit, {
        show: ({ id }) => byId.get(id) as Store, // all rows are shown above
        position: (last) => positionOf(filter.sort, last),
      })
      return { ...page, usage: await usageOf(ctx, parts, principal.userId) }
    },
    "POST /stores": async ({ ctx, body }) => show(ctx, parts, await createStore(ctx, parts, body)),
    "POST /stores/preflight": ({ ctx, body, principal }) =>
      preflight(ctx, parts, { ...body, personId: principal.userId }),
  } satisfies Partial<Handlers<"stores">>
}

function backupHandlers(parts: StoresParts) {
  return {
    "GET /store-backups": async ({ ctx }) => ({ items: (await listKept(ctx.db)).map(showBackup) }),
    "POST /store-backups": async ({ ctx, query, raw }) =>
      showBackup(await uploadBackup(ctx, parts, { storeId: query.storeId, bytes: raw.bytes })),
    "GET /store-backups/{backupId}/archive": ({ ctx, params }) =>
      downloadBackup(ctx, parts, params.backupId),
    "DELETE /store-backups/{backupId}": async ({ ctx, params }) => {
      await removeKept(ctx, parts, params.backupId)
      return undefined
    },
    "GET /stores/{storeId}/drills": async ({ ctx, params }) => {
      await needStore(ctx, params.storeId)
      return { items: (await listDrills(ctx.db, params.storeId)).map(showDrill) }
    },
    "GET /stores/{storeId}/backups": async ({ ctx, params }) => {
      await needStore(ctx, params.storeId)
      return { items: (await listBackups(ctx.db, params.storeId)).map(showBackup) }
    },
  } satisfies Partial<Handlers<"stores">>
}

function oneHandlers(parts: StoresParts) {
  return {
    "GET /stores/{storeId}": async ({ ctx, params }) =>
      show(ctx, parts, await needStore(ctx, params.storeId)),
    "PATCH /stores/{storeId}": async ({ ctx, params, body, ifMatch }) =>
      show(ctx, parts, await changeStore(ctx, parts, { id: params.storeId, ifMatch, set: body })),
    "DELETE /stores/{storeId}": async ({ ctx, params, body }) =>
      show(ctx, parts, await deleteStore(ctx, parts, { id: params.storeId, ...body })),
    "GET /stores/{storeId}/events": async ({ ctx, params, query }) => {
      await needStore(ctx, params.storeId)
      const before = decodeCursor(z.object({ before: z.number() }), query.cursor)?.before
      const rows = await listEvents(ctx.db, params.storeId, { limit: query.limit, before })
      return takePage(rows, query.limit, {
        show: ({ number, at, state, say, byName }) => ({
          ...{ id: String(number), at: at.toISOString(), state, say, by: byName },
        }),
        position: ({ number }) => ({ before: number }),
      })
    },
    "GET /stores/{storeId}/releases": async ({ ctx, params }) => ({
      items: await showReleases(ctx, parts, params.storeId),
    }),
    "GET /stores/{storeId}/orders": async ({ ctx, params }) => ({
      items: await listOrders(ctx, parts, params.storeId),
    }),
    "GET /stores/{storeId}/probes": async ({ ctx, params }) => {
      await needStore(ctx, params.storeId)
      const rows = await listProbes(ctx.db, params.storeId)
      const items = rows.map(({ at, depth, ok, elapsedMs, say }) => ({
        ...{ at: at.toISOString(), depth, ok, elapsedMs, say },
      }))
      return { items }
    },
    "GET /stores/{storeId}/use": ({ ctx, params }) => readUse(ctx, parts, params.storeId),
    "GET /stores/{storeId}/logs": async ({ ctx, params, query }) => ({
      text: await readLogs(ctx, parts, { id: params.storeId, ...query }),
    }),
    "POST /stores/{storeId}/credentials/reveal": async ({ ctx, params, body }) => ({
      items: await revealCredentials(ctx, parts, { id: params.storeId, ...body }),
    }),
  } satisfies Partial<Handlers<"stores">>
}

function wishHandlers(parts: StoresParts) {
  const wish =
    (use: (ctx: Ctx, parts: StoresParts, id: StoreId) => Promise<StoreRow>) =>
    async ({ ctx, params }: { ctx: Ctx; params: { storeId: StoreId } }) =>
      show(ctx, parts, await use(ctx, parts, params.storeId))
  return {
    "POST /stores/{storeId}/start": wish(startStore),
    "POST /stores/{storeId}/stop": wish(stopStore),
    "POST /stores/{storeId}/backups": wish(backUpStore),
    "POST /stores/{storeId}/drills": wish(drillStore),
    "POST /stores/{storeId}/cancel": wish(cancelWork),
    "POST /stores/{storeId}/probe": wish(probeStoreNow),
    "POST /stores/{storeId}/upgrade": async ({ ctx, params, body }) =>
      show(ctx, parts, await upgradeStore(ctx, parts, { id: params.storeId, ...body })),
    "POST /stores/{storeId}/rollback": async ({ ctx, params, body }) =>
      show(ctx, parts, await rollBackStore(ctx, parts, { id: params.storeId, ...body })),
    "POST /stores/{storeId}/restore": async ({ ctx, params, body }) =>
      show(ctx, parts, await restoreStore(ctx, parts, { id: params.storeId, ...body })),
    "POST /stores/{storeId}/retry": async ({ ctx, params, body }) =>
      show(ctx, parts, await retryStore(ctx, parts, { id: params.storeId, ...body })),
  } satisfies Partial<Handlers<"stores">>
}

function adminHandlers(parts: StoresParts) {
  return {
    "GET /queue": async () => ({ atOnce: parts.limits.atOnce, items: await readQueue(parts) }),
    "GET /platform/store-metrics": ({ query }) => readMetrics(parts, query.days),
    "GET /platform/store-metrics/csv": async ({ query }) => metricsCsv(parts, query.days),
  } satisfies Partial<Handlers<"stores">>
}

async function show(ctx: Ctx, { catalog }: StoresParts, row: StoreRow): Promise<Store> {
  const [shown] = await showAll(ctx, catalog, [row])
  return shown as Store // one row in, one store out
}
