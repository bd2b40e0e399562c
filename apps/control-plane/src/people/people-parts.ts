import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Parts } from "../core/ctx.ts"
import type { Database } from "../db/tenant.ts"

export interface PeopleParts extends Parts {
  database: Database
  masterKey: MasterKey
  /** where people reach the dashboard, without a slash at its end */
  publicUrl: string
}
