import { desc, eq } from "drizzle-orm"
import { signingKeys } from "../../db/tables/signing-keys.ts"
import type { Tx } from "../../db/tenant.ts"

export type SigningKeyRow = typeof signingKeys.$inferSelect

/** Newest first. */
export const listRows = (tx: Tx): Promise<SigningKeyRow[]> =>
  tx.orm.select().from(signingKeys).orderBy(desc(signingKeys.createdAt), desc(signingKeys.id))

export async function findRow(tx: Tx, id: string): Promise<SigningKeyRow | undefined> {
  return (await tx.orm.select().from(signingKeys).where(eq(signingKeys.id, id)))[0]
}

/** Who makes a key waits for others who do. */
export async function lockMaking(tx: Tx): Promise<void> {
  const text = "select pg_advisory_xact_lock(hashtext('signing keys'))"
  await tx.query({ name: "keys_lock_signing", text }, [])
}

export async function insertRow(tx: Tx, row: SigningKeyRow): Promise<void> {
  await tx.orm.insert(signingKeys).values(row)
}

export async function deleteRow(tx: Tx, id: string): Promise<void> {
  await tx.orm.delete(signingKeys).where(eq(signingKeys.id, id))
}
