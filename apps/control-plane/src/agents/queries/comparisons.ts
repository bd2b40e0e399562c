import type { IdOf } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm"
import { runs } from "../../db/tables/agents.ts"
import { comparisons } from "../../db/tables/comparisons.ts"
import type { Tx } from "../../db/tenant.ts"
import type { ComparisonRow } from "../comparisons/comparison.ts"
import type { RunRow } from "../run.ts"

export async function findComparison(
  tx: Tx,
  id: IdOf<"comparison">,
): Promise<ComparisonRow | undefined> {
  const [row] = await tx.orm.select().from(comparisons).where(eq(comparisons.id, id))
  return row
}

/** The row, locked until the transaction ends. Whoever also locks candidates locks it first. */
export async function lockComparison(
  tx: Tx,
  id: IdOf<"comparison">,
): Promise<ComparisonRow | undefined> {
  const [row] = await tx.orm.select().from(comparisons).where(eq(comparisons.id, id)).for("update")
  return row
}

/** Newest first; ids are as old as what they name. `before` is the last one already seen. */
export function listComparisons(
  tx: Tx,
  projectId: IdOf<"project">,
  page: { limit: number; before: IdOf<"comparison"> | undefined },
): Promise<ComparisonRow[]> {
  const { before } = page
  return tx.orm
    .select()
    .from(comparisons)
    .where(and(eq(comparisons.projectId, projectId), before && lt(comparisons.id, before)))
    .orderBy(desc(comparisons.id))
    .limit(page.limit)
}

/** Of these comparisons, in the order they were asked for. */
export async function listCandidates(
  tx: Tx,
  ids: readonly IdOf<"comparison">[],
): Promise<RunRow[]> {
  if (ids.length === 0) return []
  return tx.orm
    .select()
    .from(runs)
    .where(inArray(runs.comparisonId, [...ids]))
    .orderBy(asc(runs.number))
}

export async function insertComparison(
  tx: Tx,
  row: typeof comparisons.$inferInsert,
): Promise<ComparisonRow> {
  const [made] = await tx.orm.insert(comparisons).values(row).returning()
  invariant(made, "an insert answers its row")
  return made
}

type Change = Partial<Pick<ComparisonRow, "state" | "wanted" | "chosen" | "failure" | "finishedAt">>

/** Changes the comparison when nobody moved it or chose meanwhile; answers the row as it is then. */
export async function moveComparison(
  tx: Tx,
  before: Pick<ComparisonRow, "id" | "state" | "chosen">,
  { set, at }: { set: Change; at: Date },
): Promise<ComparisonRow | undefined> {
  const [moved] = await tx.orm
    .update(comparisons)
    .set({ ...set, updatedAt: at })
    .where(
      and(
        eq(comparisons.id, before.id),
        eq(comparisons.state, before.state),
        sql`${comparisons.chosen} is not distinct from ${before.chosen}`,
      ),
    )
    .returning()
  return moved
}

/** Without its candidates, which go first; false when it was gone already. */
export async function deleteComparison(tx: Tx, id: IdOf<"comparison">): Promise<boolean> {
  const gone = await tx.orm
    .delete(comparisons)
    .where(eq(comparisons.id, id))
    .returning({ id: comparisons.id })
  return gone.length === 1
}
