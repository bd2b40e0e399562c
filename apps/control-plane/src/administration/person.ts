import type {
  PlatformOrganization,
  PlatformPerson,
  PlatformPersonDetail,
} from "@vibecaas/contract/kinds/administration"
import { organizationId } from "@vibecaas/contract/kinds/tenants"
import type { Plan } from "@vibecaas/contract/plans"
import type { Role } from "@vibecaas/contract/roles"
import type { SignedIn } from "./parts.ts"

/** Since when, by whom and why somebody or something is shut out; nulls when that is not so. */
interface DisabledRow {
  disabledAt: Date | null
  disabledBy: string | null
  disabledReason: string | null
}

export interface PersonRow extends DisabledRow {
  id: string
  name: string
  email: string
  createdAt: Date
  seenAt: Date | null
  sessions: number
  organizations: number
  platformAdmin: boolean
}

export interface PersonWithOrganizations extends PersonRow {
  memberOf: { id: string; name: string; slug: string; role: Role }[]
}

export interface OrganizationRow extends DisabledRow {
  id: string
  name: string
  slug: string
  personal: boolean
  plan: Plan
  owners: string[]
  members: number
  projects: number
  wanted: "present" | "gone"
  createdAt: Date
}

/** A look of an administrator by a sign-in of somebody. */
export interface Look {
  sessionId: string
  adminName: string
  reason: string
}

const disabledOf = ({ disabledAt, disabledBy, disabledReason }: DisabledRow) =>
  disabledAt && {
    at: disabledAt.toISOString(),
    byName: disabledBy ?? "",
    reason: disabledReason ?? "",
  }

export function showPerson(row: PersonRow): PlatformPerson {
  const { id, name, email, sessions, organizations, platformAdmin } = row
  return {
    ...{ id, name, email, sessions, organizations, platformAdmin },
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.seenAt?.toISOString() ?? null,
    disabled: disabledOf(row),
  }
}

export function showPersonDetail(
  row: PersonWithOrganizations,
  signedIn: readonly SignedIn[],
  looks: readonly Look[],
): PlatformPersonDetail {
  return {
    ...showPerson(row),
    memberOf: row.memberOf.map((each) => ({ ...each, id: organizationId.parse(each.id) })),
    signedIn: signedIn.map(({ id, ip, userAgent, createdAt, expiresAt }) => ({
      ...{ id, ip, userAgent },
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      impersonatedBy: looks.find(({ sessionId }) => sessionId === id)?.adminName ?? null,
    })),
  }
}

export function showOrganization(row: OrganizationRow): PlatformOrganization {
  const { name, slug, personal, plan, owners, members, projects } = row
  return {
    ...{ id: organizationId.parse(row.id), name, slug, personal, plan, owners, members, projects },
    state: row.wanted === "gone" ? "deleting" : "present",
    createdAt: row.createdAt.toISOString(),
    disabled: disabledOf(row),
  }
}
