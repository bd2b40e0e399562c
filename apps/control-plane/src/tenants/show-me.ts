import type { Me } from "@vibecaas/contract/kinds/tenants"
import { permissionsOfLevel } from "@vibecaas/contract/project-access"
import type { Principal } from "../core/kind.ts"
import type { Database } from "../db/tenant.ts"
import { showOrganization } from "./organization.ts"
import { listGrants, listOrganizations } from "./queries.ts"

/** The person with every organization they belong to or are a guest of, over the borders between these. */
export async function showMe(database: Database, principal: Principal): Promise<Me> {
  const { userId, email, name, platformAdmin, impersonator } = principal
  const impersonated = impersonator
    ? { byName: impersonator.name, reason: impersonator.reason, until: impersonator.until }
    : null
  return database.asPlatform(async (tx) => {
    const rows = await listOrganizations(tx, userId)
    const grants = (await listGrants(tx, userId)).map((grant) => ({
      ...grant,
      permissions: [...permissionsOfLevel(grant.level)],
    }))
    /** What a guest may do in one of the projects: each call asks again what they may in which. */
    const guestIn = (organizationId: string) => {
      const theirs = grants.filter((grant) => grant.organizationId === organizationId)
      return [...new Set(theirs.flatMap(({ permissions }) => permissions))]
    }
    const organizations = rows.map((row) =>
      row.role === "guest"
        ? showOrganization(row, row.role, guestIn(row.id))
        : showOrganization(row, row.role),
    )
    return { id: userId, email, name, platformAdmin, impersonated, organizations, grants }
  })
}
