import type { secretVersions } from "../../db/tables/secrets.ts"
import type { platformKeys } from "../../db/tables/tenants.ts"
import type { Tx } from "../../db/tenant.ts"

export interface BroughtSecret {
  secretId: string
  number: number
  keptBy: string
  name: string
  broughtFrom: NonNullable<(typeof secretVersions.$inferSelect)["broughtFrom"]>
  sealed: string
}

export interface BroughtKey {
  name: string
  number: number
  broughtFrom: NonNullable<(typeof platformKeys.$inferSelect)["broughtFrom"]>
  sealed: string
}

export async function organizationsWithBrought(tx: Tx): Promise<string[]> {
  const text = "select organizations_with_brought_secrets() as id"
  const named = { name: "brought_organizations", text }
  return (await tx.query<{ id: string }>(named, [])).map(({ id }) => id)
}

/** Those of the transaction's organization, locked: of two servers that start, one seals them. */
export function listBroughtSecrets(tx: Tx): Promise<BroughtSecret[]> {
  const text = `
    select v.secret_id as "secretId", v.number, s.kept_by as "keptBy", s.name, v.brought_from as "broughtFrom",
      secret_value(v.secret_id, v.number) as sealed
    from secret_versions v join secrets s on s.id = v.secret_id where v.brought_from is not null for update of v`
  return tx.query<BroughtSecret>({ name: "brought_secrets", text }, [])
}

export async function putBroughtSecret(
  tx: Tx,
  { secretId, number, sealed }: Pick<BroughtSecret, "secretId" | "number" | "sealed">,
): Promise<void> {
  const text = `
    update secret_versions set sealed = $3, brought_from = null where secret_id = $1 and number = $2`
  await tx.query({ name: "brought_secret_put", text }, [secretId, number, sealed])
}

export function listBroughtKeys(tx: Tx): Promise<BroughtKey[]> {
  const text = `
    select name, number, brought_from as "broughtFrom", platform_key(name, number) as sealed
    from platform_keys where brought_from is not null for update`
  return tx.query<BroughtKey>({ name: "brought_keys", text }, [])
}

export async function putBroughtKey(
  tx: Tx,
  { name, number, sealed }: Pick<BroughtKey, "name" | "number" | "sealed">,
): Promise<void> {
  const text = `
    update platform_keys set sealed = $3, brought_from = null where name = $1 and number = $2`
  await tx.query({ name: "brought_key_put", text }, [name, number, sealed])
}
