import type { Store, StoreBackup, StoreRelease } from "@vibecaas/contract/store"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  nothing,
} from "../../http/testing/matrix-world.ts"
import { archive, matrixBackend } from "./matrix-backend.ts"

let count = 0
const wanted = (organizationId: string) => ({
  ...{ name: `Shop ${++count}`, engine: "toy", version: "1.0.0", plan: "basic", organizationId },
})

/** A store as it is right after it was asked for: no loop runs here. */
async function makeStore(world: MatrixWorld): Promise<Store> {
  const body = wanted(world.organizationId)
  return made(await world.owner.call("POST /stores", { body }))
}

/** One in a state to which a loop would have brought it. */
async function inState(world: MatrixWorld, state: string): Promise<Store> {
  const store = await makeStore(world)
  const wants = state === "stopped" ? "stopped" : "running"
  const { adminPool } = world.db
  await adminPool.query(
    "update stores set state = $2, wanted = $3, work_id = null, ready_at = now() where id = $1",
    [store.id, state, wants],
  )
  await adminPool.query("update store_works set state = 'done' where store_id = $1", [store.id])
  matrixBackend.put(store)
  return store
}

const about =
  (state?: string, body?: Record<string, unknown>): Fixture =>
  async (world) => {
    const { id: storeId } = state ? await inState(world, state) : await makeStore(world)
    return { params: { storeId }, ...(body ? { body } : {}) }
  }

async function withBackup(world: MatrixWorld) {
  const store = await inState(world, "ready")
  const [backupId, releaseId] = [world.db.newId("sbk"), world.db.newId("srl")]
  await world.db.adminPool.query(
    `insert into store_backups (id, organization_id, store_id, reason, state, engine, version, created_by_name)
     values ($1, $2, $3, 'asked', 'kept', 'toy', '1.0.0', 'Mara')`,
    [backupId, store.organizationId, store.id],
  )
  await world.db.adminPool.query(
    `insert into store_releases (id, organization_id, store_id, number, version, state, backup_id, started_at)
     values ($1, $2, $3, 1, '1.0.0', 'past', $4, now())`,
    [releaseId, store.organizationId, store.id, backupId],
  )
  const ids: { storeId: string; backupId: StoreBackup["id"]; releaseId: StoreRelease["id"] } = {
    ...{ storeId: store.id, backupId, releaseId },
  }
  return ids
}

/** A backup that is there. */
async function backupOf(world: MatrixWorld) {
  const { backupId } = await withBackup(world)
  matrixBackend.putBackup(backupId)
  return { params: { backupId } }
}

export const fixtures = {
  "GET /store-engines": nothing,
  "GET /stores": async ({ organizationId }) => ({ query: { organizationId } }),
  "POST /stores": async ({ organizationId }) => ({ body: wanted(organizationId) }),
  "POST /stores/preflight": async ({ organizationId }) => ({
    body: { engine: "toy", plan: "basic", organizationId },
  }),
  "GET /stores/{storeId}": about(),
  "PATCH /stores/{storeId}": about("ready", { plan: "standard" }),
  "DELETE /stores/{storeId}": async (world) => {
    const { id: storeId, name } = await makeStore(world)
    return { params: { storeId }, body: { name } }
  },
  "GET /stores/{storeId}/events": about(),
  "GET /stores/{storeId}/releases": about("ready"),
  "GET /stores/{storeId}/backups": about(),
  "GET /store-backups": async ({ organizationId }) => ({ query: { organizationId } }),
  "POST /store-backups": async ({ organizationId }) => ({
    query: { organizationId },
    bytes: archive,
  }),
  "GET /store-backups/{backupId}/archive": backupOf,
  "DELETE /store-backups/{backupId}": backupOf,
  "GET /stores/{storeId}/orders": about("ready"),
  "GET /stores/{storeId}/probes": about(),
  "GET /stores/{storeId}/use": about(),
  "GET /stores/{storeId}/logs": about("ready"),
  "POST /stores/{storeId}/credentials/reveal": about("ready", { reason: "to sign in" }),
  "POST /stores/{storeId}/start": about("stopped"),
  "POST /stores/{storeId}/stop": about("ready"),
  "POST /stores/{storeId}/upgrade": about("ready", { version: "2.0.0" }),
  "POST /stores/{storeId}/rollback": async (world) => {
    const { storeId, releaseId } = await withBackup(world)
    return { params: { storeId }, body: { releaseId, losesOrders: true } }
  },
  "POST /stores/{storeId}/backups": about("ready"),
  "GET /stores/{storeId}/drills": about("ready"),
  "POST /stores/{storeId}/drills": async (world) => {
    const { storeId } = await withBackup(world)
    return { params: { storeId } }
  },
  "POST /stores/{storeId}/restore": async (world) => {
    const { storeId, backupId } = await withBackup(world)
    return { params: { storeId }, body: { backupId } }
  },
  "POST /stores/{storeId}/retry": about("failed", {}),
  "POST /stores/{storeId}/cancel": about(),
  "POST /stores/{storeId}/probe": about("ready"),
  "GET /queue": nothing,
  "GET /platform/store-metrics": nothing,
  "GET /platform/store-metrics/csv": nothing,
} satisfies Fixtures<"stores">
