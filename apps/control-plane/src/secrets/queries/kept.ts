import type { Tx } from "../../db/tenant.ts"
import type { ValueOf } from "../seal-value.ts"

export interface KeptRow extends ValueOf {
  name: string
  sealed: string
  /** what it was sealed with, wrapped */
  dataKey: string
}

/** The versions that count of what an object keeps, sealed: of one name, or of all. */
export function sealedOf(tx: Tx, keptBy: string, name?: string): Promise<KeptRow[]> {
  const text = `
    select s.organization_id as "organizationId", s.id as "secretId", s.name, s.current as number,
      secret_value(s.id, s.current) as sealed, o.data_key as "dataKey"
    from secrets s join organizations o on o.id = s.organization_id
    where s.kept_by = $1 and ($2::text is null or s.name = $2) order by s.name`
  return tx.query<KeptRow>({ name: "secrets_kept", text }, [keptBy, name ?? null])
}
