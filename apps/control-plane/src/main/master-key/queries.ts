import { invariant } from "@vibecaas/kernel/fault"
import type { Tx } from "../../db/tenant.ts"
import type { SealedColumn } from "./sealed-columns.ts"

/** Ids of organizations whose data key another master key wraps; of all when no key has that id. */
export async function organizationsNotWrappedBy(tx: Tx, keyId: string): Promise<string[]> {
  const text = "select organizations_not_wrapped_by($1) as id"
  const named = { name: "master_key_not_wrapped_by", text }
  return (await tx.query<{ id: string }>(named, [keyId])).map(({ id }) => id)
}

/** The data key of the transaction's organization, wrapped. */
export async function wrappedKey(tx: Tx): Promise<string | undefined> {
  const text = `select data_key as "dataKey" from organizations`
  const named = { name: "master_key_wrapped", text }
  return (await tx.query<{ dataKey: string }>(named, []))[0]?.dataKey
}

/** All values of a column, in the transaction's organization or of the installation. */
export function valuesOf(
  tx: Tx,
  { column, values }: SealedColumn,
): Promise<{ id: string; sealed: string }[]> {
  return tx.query({ name: `master_key_values ${column}`, text: values }, [])
}

export async function put(
  tx: Tx,
  { column, put: text }: SealedColumn,
  { id, sealed }: { id: string; sealed: string },
): Promise<void> {
  invariant(text, "what the master key seals can be put")
  await tx.query({ name: `master_key_put ${column}`, text }, [id, sealed])
}
