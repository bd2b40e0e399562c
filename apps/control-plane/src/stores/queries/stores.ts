import type { IdOf } from "@vibecaas/contract/kinds"
import type { StoreState } from "@vibecaas/contract/store-states"
import { and, asc, desc, eq, gt, ilike, lt, or, type SQL, sql } from "drizzle-orm"
import { stores } from "../../db/tables/stores.ts"
import type { Tx } from "../../db/tenant.ts"
import type { StoreId, StoreRow } from "../store.ts"

export async function findStore(tx: Tx, id: StoreId): Promise<StoreRow | undefined> {
  return (await tx.orm.select().from(stores).where(eq(stores.id, id)))[0]
}

/** The same, locked until the transaction ends. */
export async function lockStore(tx: Tx, id: StoreId): Promise<StoreRow | undefined> {
  return (await tx.orm.select().from(stores).where(eq(stores.id, id)).for("update"))[0]
}

export type NewStore = typeof stores.$inferInsert

/** Undefined when the organization has a store of that name. */
export async function insertStore(tx: Tx, row: NewStore): Promise<StoreRow | undefined> {
  const made = await tx.orm
    .insert(stores)
    .values(row)
    .onConflictDoNothing({ target: [stores.organizationId, stores.name] })
    .returning()
  return made[0]
}

export async function updateStore(
  tx: Tx,
  id: StoreId,
  set: Partial<NewStore>,
): Promise<StoreRow | undefined> {
  return (await tx.orm.update(stores).set(set).where(eq(stores.id, id)).returning())[0]
}

export async function deleteStoreRow(tx: Tx, id: StoreId): Promise<boolean> {
  const gone = await tx.orm.delete(stores).where(eq(stores.id, id)).returning({ id: stores.id })
  return gone.length === 1
}

export interface StoreFilter {
  search?: string | undefined
  state?: StoreState | undefined
  engine?: string | undefined
  sort: "newest" | "oldest" | "name" | "state"
}

/** Where a page of a list ended. */
export interface StorePosition {
  by: string
  id: IdOf<"store">
}

/** One more than `limit`, where there are more. */
export function listStores(
  tx: Tx,
  filter: StoreFilter,
  page: { limit: number; after: StorePosition | undefined },
): Promise<StoreRow[]> {
  const { search, state, engine, sort } = filter
  const like = search && `%${search.replaceAll(/[\\%_]/g, (found) => `\\${found}`)}%`
  return tx.orm
    .select()
    .from(stores)
    .where(
      and(
        like ? ilike(stores.name, like) : undefined,
        state && eq(stores.state, state),
        engine ? eq(stores.engine, engine) : undefined,
        page.after && isAfter(sort, page.after),
      ),
    )
    .orderBy(...orderOf[sort])
    .limit(page.limit + 1)
}

const orderOf = {
  newest: [desc(stores.id)],
  oldest: [asc(stores.id)],
  name: [asc(sql`lower(${stores.name})`), asc(stores.id)],
  state: [asc(stores.state), asc(stores.id)],
}

/** What a list is sorted by, of one row. */
export function positionOf(sort: StoreFilter["sort"], row: StoreRow): StorePosition {
  const by = sort === "name" ? row.name.toLowerCase() : sort === "state" ? row.state : ""
  return { by, id: row.id }
}

function isAfter(sort: StoreFilter["sort"], { by, id }: StorePosition): SQL | undefined {
  if (sort === "newest") return lt(stores.id, id)
  if (sort === "oldest") return gt(stores.id, id)
  const key = sort === "name" ? sql`lower(${stores.name})` : sql`${stores.state}`
  return or(sql`${key} > ${by}`, and(sql`${key} = ${by}`, gt(stores.id, id)))
}
