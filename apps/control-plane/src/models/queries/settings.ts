import { eq } from "drizzle-orm"
import { modelProviders, modelRoles } from "../../db/tables/models.ts"
import type { Tx } from "../../db/tenant.ts"

export type ProviderRow = typeof modelProviders.$inferSelect
export type RoleRow = typeof modelRoles.$inferSelect

export const listProviders = (tx: Tx): Promise<ProviderRow[]> =>
  tx.orm.select().from(modelProviders)

export const listRoles = (tx: Tx): Promise<RoleRow[]> => tx.orm.select().from(modelRoles)

/** In place of what was there. */
export async function putProvider(tx: Tx, row: ProviderRow): Promise<void> {
  const { provider: _, ...set } = row
  await tx.orm
    .insert(modelProviders)
    .values(row)
    .onConflictDoUpdate({ target: modelProviders.provider, set })
}

/** False when nothing was set. */
export async function deleteProvider(tx: Tx, provider: string): Promise<boolean> {
  const gone = await tx.orm
    .delete(modelProviders)
    .where(eq(modelProviders.provider, provider))
    .returning({ provider: modelProviders.provider })
  return gone.length === 1
}

/** In place of what was there. */
export async function putRole(tx: Tx, row: RoleRow): Promise<void> {
  const { role: _, ...set } = row
  await tx.orm.insert(modelRoles).values(row).onConflictDoUpdate({ target: modelRoles.role, set })
}
