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
  members: number
  wanted: "present" | "gone"
  /** why administrators of the installation closed it */
  disabledReason: string | null
  version: number
  createdAt: Date
}

export function showOrganization(
  row: OrganizationRow,
  role: Role | "guest",
  permissions: readonly string[] = role === "guest" ? [] : permissionsOf(role),
): Organization {
  const { name, slug, personal, plan, members, version } = row
  const createdAt = row.createdAt.toISOString()
  const id = organizationId.parse(row.id)
  const state = row.wanted === "gone" ? "deleting" : "present"
  const shown = { id, name, slug, personal, role, permissions: [...permissions] }
  return { ...shown, plan, members, state, disabled: row.disabledReason, version, createdAt }
}

/** What a personal organization is called until somebody names it. */
export const personalName = "Personal"

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
