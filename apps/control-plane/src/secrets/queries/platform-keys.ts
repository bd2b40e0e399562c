import { secretVersionsMax } from "@vibecaas/contract/kinds/secrets"
import type { Tx } from "../../db/tenant.ts"

export interface PlatformKeyRow {
  name: string
  number: number
  sealed: string
  setByName: string
  /** absent: when the transaction began */
  setAt?: Date
}

/** The version of a name that counts. */
export async function findPlatformKey(
  tx: Tx,
  name: string,
): Promise<Pick<PlatformKeyRow, "number" | "sealed"> | undefined> {
  const text = `
    select number, platform_key(name, number) as sealed from platform_keys
    where name = $1 order by number desc limit 1`
  const named = { name: "platform_keys_find", text }
  return (await tx.query<Pick<PlatformKeyRow, "number" | "sealed">>(named, [name]))[0]
}

/**
 * Adds a version, and takes the oldest away above what is kept.
 *
 * @returns false where there is one of that number: somebody else was first
 */
export async function insertPlatformKey(tx: Tx, row: PlatformKeyRow): Promise<boolean> {
  const text = `
    insert into platform_keys (name, number, sealed, set_by_name, set_at)
    values ($1, $2, $3, $4, coalesce($5, now())) on conflict do nothing returning number`
  const { name, number, sealed, setByName, setAt } = row
  const made = await tx.query({ name: "platform_keys_insert", text }, [
    ...[name, number, sealed, setByName, setAt ?? null],
  ])
  const old = "delete from platform_keys where name = $1 and number <= $2"
  await tx.query({ name: "platform_keys_trim", text: old }, [name, number - secretVersionsMax])
  return made.length === 1
}

export async function deletePlatformKeys(tx: Tx, name: string): Promise<void> {
  const text = "delete from platform_keys where name = $1"
  await tx.query({ name: "platform_keys_delete", text }, [name])
}
