import type { Organization } from "@vibecaas/contract/kinds/tenants"
import { organizationId } from "@vibecaas/contract/kinds/tenants"
import { permissionsOf } from "@vibecaas/contract/permissions"
import type { Plan } from "@vibecaas/contract/plans"
import type { Role } from "@vibecaas/contract/roles"

/** An organization owns everything; each person has a personal one from the start. */
export interface OrganizationRow {
  id: string
  name: string
  slug: string
  personal: boolean
  plan: Plan
  version: number
  createdAt: Date
}

export function showOrganization(row: OrganizationRow, role: Role): Organization {
  const { name, slug, personal, plan, version } = row
  const createdAt = row.createdAt.toISOString()
  const permissions = permissionsOf(role)
  const id = organizationId.parse(row.id)
  return { id, name, slug, personal, role, permissions, plan, version, createdAt }
}

/** The name in lower-case Latin letters and digits, made unique by the end of the id. */
export function slugOf(name: string, id: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 30)
    .replaceAll(/^-+|-+$/g, "")
  return `${plain || "organization"}-${id.slice(-7)}`
}
