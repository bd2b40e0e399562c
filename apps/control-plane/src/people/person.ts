import type { Invitation } from "@vibecaas/contract/kinds/people"
import type { Member } from "@vibecaas/contract/member"
import { roleCan } from "@vibecaas/contract/permissions"
import type { AccessLevel } from "@vibecaas/contract/project-access"
import { type Role, roles } from "@vibecaas/contract/roles"
import { fault } from "@vibecaas/kernel/fault"
import type { invitations } from "../db/tables/people.ts"

/** A member as one sees them in the organization's list. */
export interface MemberRow {
  userId: string
  name: string
  email: string
  role: Role
  createdAt: Date
  keys: number
  secondStep: boolean
}

export type InvitationRow = typeof invitations.$inferSelect
/** An invitation with the name of the project it is to. */
export type ListedInvitation = InvitationRow & { projectName: string | null }

/** Who may change no members is not told whose account would be the easiest to get into. */
export const showMember = (own: Role, { createdAt, secondStep, ...row }: MemberRow): Member => ({
  ...row,
  joinedAt: createdAt.toISOString(),
  secondStep: roleCan(own, "member:manage") ? secondStep : null,
})

export function showInvitation(row: ListedInvitation, now: Date): Invitation {
  const { id, email, role, projectId, projectName, level } = row
  return {
    ...{ id, email, role },
    project: projectId && level ? { id: projectId, name: projectName ?? "", level } : null,
    state: row.expiresAt <= now ? "expired" : "pending",
    invitedBy: row.invitedByName,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }
}

/**
 * Only owners make owners and touch them.
 *
 * @param concerned roles that the change is from or to
 * @throws Fault `forbidden`
 */
export function assertMayGive(own: Role, concerned: readonly (Role | null)[]): void {
  if (own === "owner" || !concerned.includes("owner")) return
  throw fault("forbidden", { say: "Only owners can make, change and remove owners." })
}

/** The one of two roles that may do more. */
export const higherOf = (a: Role, b: Role): Role => (roles.indexOf(a) <= roles.indexOf(b) ? a : b)

const levelWords: Record<AccessLevel, string> = {
  see: "see",
  edit: "see and edit",
  deploy: "see, edit and deploy",
}

/** A level as a mail says it. */
export const levelInWords = (level: AccessLevel): string => levelWords[level]
