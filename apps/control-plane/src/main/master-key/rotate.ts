import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"
import type { Database, Tx } from "../../db/tenant.ts"
import { opened } from "./opened.ts"
import { organizationsNotWrappedBy, put, valuesOf } from "./queries.ts"
import { sealBrought } from "./seal-brought.ts"
import { type SealedColumn, sealedColumns } from "./sealed-columns.ts"

export interface RotationParts {
  database: Database
  /** what seals now, and what is to */
  from: MasterKey
  to: MasterKey
  /** says how far it is, after each batch */
  onProgress?(done: number, all: number): void
}

/** How many organizations are told of at once. */
const batchSize = 25

const byMaster = sealedColumns.filter(({ by }) => by === "master")

/**
 * Seals by another master key what the present one seals. Data keys stay what they are and are only wrapped anew,
 * so what they seal is not touched.
 *
 * An organization is one transaction: it is wholly under one of the keys, whenever this ends. Begun again, it
 * goes on with those that are left. A value that was broken before stays as it is: `verify` names it.
 *
 * @returns how many values of each column were sealed anew
 */
export async function rotate(parts: RotationParts): Promise<Record<string, number>> {
  const { database, from, to, onProgress } = parts
  const counts: Record<string, number> = {}
  // By either key: one that broke off can have been begun by a version that had no vault for it.
  for (const key of [from, to]) await sealBrought(database, key)
  const left = await database.asPlatform((tx) => organizationsNotWrappedBy(tx, to.id))
  onProgress?.(0, left.length)
  for (const [index, organizationId] of left.entries()) {
    await database.inOrganization(organizationId, async (tx) => {
      for (const column of byMaster.filter((each) => each.of === "organization"))
        await sealAnew(tx, parts, { column, organizationId, counts })
    })
    if ((index + 1) % batchSize === 0) onProgress?.(index + 1, left.length)
  }
  // Last: a server that starts meanwhile sees that there is something left.
  await database.asPlatform(async (tx) => {
    for (const column of byMaster.filter((each) => each.of === "installation"))
      await sealAnew(tx, parts, { column, organizationId: "", counts })
  })
  onProgress?.(left.length, left.length)
  return counts
}

async function sealAnew(
  tx: Tx,
  { from, to }: Pick<RotationParts, "from" | "to">,
  of: { column: SealedColumn; organizationId: string; counts: Record<string, number> },
): Promise<void> {
  const { column, organizationId, counts } = of
  for (const { id, sealed } of await valuesOf(tx, column)) {
    if (sealed.split(".")[1] === to.id) continue
    const context = column.context({ organizationId, id })
    const plain = opened(() => open(from, sealed, context))
    if (!plain) continue
    await put(tx, column, { id, sealed: seal(to, plain, context) })
    counts[column.column] = (counts[column.column] ?? 0) + 1
  }
}
