import type { Key } from "@vibecaas/reconcile/key"
import type { Kind } from "../core/kind.ts"
import { createOrganization } from "./create-organization.ts"
import { deleteOrganization } from "./delete-organization.ts"
import type { TenantsParts } from "./ensure-personal-organization.ts"
import { leaveOrganization } from "./leave-organization.ts"
import { needOrganization } from "./need-organization.ts"
import { showOrganization } from "./organization.ts"
import { organizationLoop } from "./reconcile-organization.ts"
import { renameOrganization } from "./rename-organization.ts"
import { showMe } from "./show-me.ts"

export interface MakeTenantsParts extends TenantsParts {
  /** keys of organizations that are wanted gone */
  due: () => Promise<Key[]>
}

/** Organizations and who belongs to them. */
export function makeTenants(parts: MakeTenantsParts): Kind<"tenants"> {
  return {
    handlers: {
      "GET /me": ({ principal }) => showMe(parts.database, principal),
      "POST /organizations": async ({ principal, actor, body }) => {
        const person = { id: principal.userId }
        return showOrganization(
          await createOrganization(parts, { person, actor, ...body }),
          "owner",
        )
      },
      "GET /organizations/{organizationId}": async ({ ctx, role, principal }) =>
        showOrganization(await needOrganization(ctx), role, principal.key?.permissions),
      "PATCH /organizations/{organizationId}": async ({ ctx, role, principal, body, ifMatch }) => {
        const row = await renameOrganization(ctx, { name: body.name, ifMatch })
        return showOrganization(row, role, principal.key?.permissions)
      },
      "DELETE /organizations/{organizationId}": async ({ ctx, role, body }) =>
        showOrganization(await deleteOrganization(ctx, body), role),
      "POST /organizations/{organizationId}/leave": async ({ ctx, principal }) => {
        await leaveOrganization(ctx, { id: principal.userId, name: principal.name })
        return undefined
      },
    },
    loops: [organizationLoop(parts)],
  }
}
