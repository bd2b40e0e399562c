import { and, desc, eq, getTableColumns } from "drizzle-orm"
import { starters } from "../db/tables/starters.ts"
import type { Tx } from "../db/tenant.ts"

export type StarterRow = typeof starters.$inferSelect
/** A row without its files, which lists do not need. */
export type ListedStarter = Omit<StarterRow, "files">

const { files: _, ...listed } = getTableColumns(starters)

/** The organization's own, newest first; their number has a quota. */
export function listOwnStarters(tx: Tx): Promise<ListedStarter[]> {
  return tx.orm.select(listed).from(starters).orderBy(desc(starters.createdAt), desc(starters.id))
}

export async function findOwnStarter(
  tx: Tx,
  id: StarterRow["id"],
): Promise<StarterRow | undefined> {
  const [row] = await tx.orm.select().from(starters).where(eq(starters.id, id))
  return row
}

export async function insertOwnStarter(tx: Tx, row: StarterRow): Promise<void> {
  await tx.orm.insert(starters).values(row)
}

/** Answers its name; nothing when it is gone already. */
export async function deleteOwnStarter(
  tx: Tx,
  { id, organizationId }: Pick<StarterRow, "id" | "organizationId">,
): Promise<string | undefined> {
  const [row] = await tx.orm
    .delete(starters)
    .where(and(eq(starters.id, id), eq(starters.organizationId, organizationId)))
    .returning({ name: starters.name })
  return row?.name
}
