import type { Kind } from "../core/kind.ts"
import type { TenantsParts } from "./ensure-personal-organization.ts"
import { needOrganization } from "./need-organization.ts"
import { showOrganization } from "./organization.ts"
import { renameOrganization } from "./rename-organization.ts"
import { showMe } from "./show-me.ts"

/** Organizations and who belongs to them. */
export function makeTenants({ database }: Pick<TenantsParts, "database">): Kind<"tenants"> {
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
