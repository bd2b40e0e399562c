import type { Me, tenantRoutes } from "@vibecaas/contract/tenants"
import type { Database } from "../db/tenant.ts"
import type { Kind, Principal } from "../kind.ts"
import type { TenantsParts } from "./ensure-personal-organization.ts"
import { needOrganization } from "./need-organization.ts"
import { showOrganization } from "./organization.ts"
import { listOrganizations } from "./queries.ts"
import { renameOrganization } from "./rename-organization.ts"

/** Organizations and who belongs to them. */
export function makeTenants({
  database,
}: Pick<TenantsParts, "database">): Kind<typeof tenantRoutes> {
  return {
    handlers: {
      "GET /me": ({ principal }) => showMe(database, principal),
      "GET /organizations/{organizationId}": async ({ ctx, role }) =>
        showOrganization(await needOrganization(ctx), role),
      "PATCH /organizations/{organizationId}": async ({ ctx, role, body, ifMatch }) =>
        showOrganization(await renameOrganization(ctx, { name: body.name, ifMatch }), role),
    },
    loops: [],
  }
}

async function showMe(database: Database, principal: Principal): Promise<Me> {
  const rows = await database.asPlatform((tx) => listOrganizations(tx, principal.userId))
  return {
    id: principal.userId,
    email: principal.email,
    name: principal.name,
    platformAdmin: principal.platformAdmin,
    organizations: rows.map((row) => showOrganization(row, row.role)),
  }
}
