import type { Me } from "@vibecaas/contract/kinds/tenants"
import type { Principal } from "../core/kind.ts"
import type { Database } from "../db/tenant.ts"
import { showOrganization } from "./organization.ts"
import { listOrganizations } from "./queries.ts"

/** The person with every organization they belong to, over the borders between these. */
export async function showMe(database: Database, principal: Principal): Promise<Me> {
  const rows = await database.asPlatform((tx) => listOrganizations(tx, principal.userId))
  return {
    id: principal.userId,
    email: principal.email,
    name: principal.name,
    platformAdmin: principal.platformAdmin,
    organizations: rows.map((row) => showOrganization(row, row.role)),
  }
}
