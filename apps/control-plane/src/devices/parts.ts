import type { AccountDesk } from "../administration/index.ts"
import type { Parts } from "../core/ctx.ts"
import type { Database } from "../db/tenant.ts"

export interface DevicesParts extends Parts {
  database: Database
  desk: Pick<AccountDesk, "openSession">
  /** where people reach the dashboard */
  publicUrl: string
}
