import type { IdOf } from "@vibecaas/contract/kinds"
import type { Tx } from "../../db/tenant.ts"
import type { StoreId } from "../store.ts"

type OrganizationId = IdOf<"organization">

/** Asks to be made, behind all who ask already. */
export async function enterQueue(
  tx: Tx,
  row: { organizationId: OrganizationId; storeId: StoreId; at: Date },
): Promise<void> {
  const text = `insert into store_queue (store_id, organization_id, queued_at) values ($1, $2, $3)
    on conflict do nothing`
  await tx.query({ name: "stores_enter_queue", text }, [row.storeId, row.organizationId, row.at])
}

/** Leaves the queue, or gives its turn to the next. */
export async function leaveQueue(tx: Tx, storeId: StoreId): Promise<void> {
  const text = "delete from store_queue where store_id = $1"
  await tx.query({ name: "stores_leave_queue", text }, [storeId])
}

/** Lets the stores begin whose turn it is; answers which. */
export function admit(tx: Tx, atOnce: number, now: Date) {
  const text = `select organization_id as "organizationId", id from admit_stores($1, $2)`
  return tx.query<{ organizationId: OrganizationId; id: StoreId }>({ name: "stores_admit", text }, [
    atOnce,
    now,
  ])
}

/** A place in the queue, let in, or in none. */
export async function placeInQueue(
  tx: Tx,
  storeId: StoreId,
): Promise<number | "admitted" | undefined> {
  const text = `select admitted_at is not null as admitted, place_of_store(store_id) as place
    from store_queue where store_id = $1`
  const [row] = await tx.query<{ admitted: boolean; place: number | null }>(
    { name: "stores_place", text },
    [storeId],
  )
  if (!row) return undefined
  return row.admitted ? "admitted" : (row.place ?? 1)
}

/** How many stores somebody has, in all organizations; `making`: others who make one for them wait. */
export async function countOfPerson(tx: Tx, personId: string, making: boolean): Promise<number> {
  const text = "select stores_of_person($1, $2) as count"
  const [row] = await tx.query<{ count: number }>({ name: "stores_of_person", text }, [
    personId,
    making,
  ])
  return row?.count ?? 0
}

export interface QueueRow {
  storeId: StoreId
  organizationId: OrganizationId
  name: string
  engine: string
  queuedAt: Date
  admittedAt: Date | null
}

/** Those that are made now, then those that wait, in order. */
export function listQueue(tx: Tx): Promise<QueueRow[]> {
  const text = `select store_id as "storeId", organization_id as "organizationId", name, engine,
      queued_at as "queuedAt", admitted_at as "admittedAt" from stores_in_queue()`
  return tx.query<QueueRow>({ name: "stores_in_queue", text }, [])
}

export interface DayRow {
  day: string
  engine: string
  created: number
  ready: number
  failed: number
  active: number
  p50: number | null
  p95: number | null
  p99: number | null
}

/** Every day of these, in order, of each engine that stores were ever asked of. */
export function listDays(tx: Tx, { since, until }: { since: Date; until: Date }) {
  const text = `select day::text, engine, created::float8, ready::float8, failed::float8, active::float8,
      p50, p95, p99 from store_days($1, $2)`
  return tx.query<DayRow>({ name: "store_days", text }, [since, until])
}

export function listFailures(tx: Tx, since: Date): Promise<{ kind: string; count: number }[]> {
  const text = "select kind, count::float8 from store_failures($1)"
  return tx.query({ name: "store_failures", text }, [since])
}

export function countByState(tx: Tx): Promise<{ engine: string; state: string; count: number }[]> {
  const text = "select engine, state, count::float8 from stores_by_state()"
  return tx.query({ name: "stores_by_state", text }, [])
}

/** Of these ids, those that have a row in any organization. */
export async function knownStores(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const text = "select id from known_stores($1)"
  const rows = await tx.query<{ id: string }>({ name: "known_stores", text }, [ids])
  return new Set(rows.map(({ id }) => id))
}

/** Of any organization: backups that were kept for as long as they are kept. */
export function expiredBackups(tx: Tx, now: Date) {
  const text = `select organization_id as "organizationId", store_id as "storeId", id
    from expired_store_backups($1)`
  return tx.query<{ organizationId: OrganizationId; storeId: StoreId; id: IdOf<"storeBackup"> }>(
    { name: "expired_store_backups", text },
    [now],
  )
}
