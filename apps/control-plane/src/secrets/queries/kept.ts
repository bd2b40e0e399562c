import type { IdOf } from "@vibecaas/contract/kinds"
import type { Tx } from "../../db/tenant.ts"

export interface KeptRow {
  secretId: IdOf<"secret">
  name: string
  number: number
  sealed: string
}

/** The versions that count of what an object keeps, sealed: of one name, or of all. */
export function sealedOf(tx: Tx, keptBy: string, name?: string): Promise<KeptRow[]> {
  const text = `
    select id as "secretId", name, current as number, secret_value(id, current) as sealed
    from secrets where kept_by = $1 and ($2::text is null or name = $2) order by name`
  return tx.query<KeptRow>({ name: "secrets_kept", text }, [keptBy, name ?? null])
}
