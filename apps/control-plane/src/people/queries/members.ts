import type { IdOf } from "@vibecaas/contract/kinds"
import type { Audience } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"
import { and, desc, eq, sql } from "drizzle-orm"
import { apiKeySecrets } from "../../db/tables/keys.ts"
import { invitations } from "../../db/tables/people.ts"
import { projects } from "../../db/tables/projects.ts"
import { memberships } from "../../db/tables/tenants.ts"
import type { Tx } from "../../db/tenant.ts"
import type { InvitationRow, ListedInvitation, MemberRow } from "../person.ts"

/** Owners first, then by their names. */
export async function listMembers(tx: Tx): Promise<MemberRow[]> {
  const text = `
    select user_id as "userId", name, email, role, second_step as "secondStep",
      created_at as "createdAt"
    from members_here()
    order by array_position(array['owner', 'admin', 'developer', 'viewer'], role), lower(name), user_id`
  const rows = await tx.query<Omit<MemberRow, "keys">>({ name: "people_members", text }, [])
  const told = await keysTold(tx)
  return rows.map((row) => ({ ...row, keys: told.get(row.userId) ?? 0 }))
}

/** How many keys each person could still open, since they were told a secret of them. */
async function keysTold(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.orm
    .select({
      userId: apiKeySecrets.toldToId,
      keys: sql<number>`count(distinct ${apiKeySecrets.keyId})::integer`,
    })
    .from(apiKeySecrets)
    .groupBy(apiKeySecrets.toldToId)
  return new Map(rows.map(({ userId, keys }) => [userId, keys]))
}

export async function updateRole(tx: Tx, userId: string, role: Role): Promise<void> {
  await tx.orm.update(memberships).set({ role }).where(eq(memberships.userId, userId))
}

/** Makes somebody a member; who is one already stays as they are. */
export async function insertMember(
  tx: Tx,
  row: { organizationId: IdOf<"organization">; userId: string; role: Role },
): Promise<void> {
  await tx.orm.insert(memberships).values(row).onConflictDoNothing()
}

const listed = {
  id: invitations.id,
  organizationId: invitations.organizationId,
  email: invitations.email,
  role: invitations.role,
  projectId: invitations.projectId,
  level: invitations.level,
  tokenHash: invitations.tokenHash,
  invitedById: invitations.invitedById,
  invitedByName: invitations.invitedByName,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
  projectName: projects.name,
}

/** Newest first; of one project when it is named. */
export function listInvitations(tx: Tx, projectId?: IdOf<"project">): Promise<ListedInvitation[]> {
  return tx.orm
    .select(listed)
    .from(invitations)
    .leftJoin(projects, eq(projects.id, invitations.projectId))
    .where(projectId ? eq(invitations.projectId, projectId) : undefined)
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(500)
}

/** Locked: of two who accept or send it again one waits. */
export async function lockInvitation(
  tx: Tx,
  id: IdOf<"invitation">,
): Promise<InvitationRow | undefined> {
  return (await tx.orm.select().from(invitations).where(eq(invitations.id, id)).for("update"))[0]
}

/** An open invitation to the same address for the same thing. */
export async function findInvitationTo(
  tx: Tx,
  of: { email: string; projectId: IdOf<"project"> | null },
): Promise<InvitationRow | undefined> {
  const rows = await tx.orm
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.email, of.email),
        sql`${invitations.projectId} is not distinct from ${of.projectId}`,
      ),
    )
  return rows[0]
}

export async function insertInvitation(tx: Tx, row: InvitationRow): Promise<void> {
  await tx.orm.insert(invitations).values(row)
}

export async function updateInvitation(
  tx: Tx,
  id: IdOf<"invitation">,
  set: Pick<InvitationRow, "tokenHash" | "expiresAt">,
): Promise<void> {
  await tx.orm.update(invitations).set(set).where(eq(invitations.id, id))
}

export async function deleteInvitation(tx: Tx, id: IdOf<"invitation">): Promise<void> {
  await tx.orm.delete(invitations).where(eq(invitations.id, id))
}

/** What a token is for, whoever it is of. */
export interface FoundInvitation {
  id: IdOf<"invitation">
  organizationId: IdOf<"organization">
  organizationName: string
  slug: string
  email: string | null
  role: Role | null
  projectId: IdOf<"project"> | null
  projectName: string | null
  level: InvitationRow["level"]
  invitedByName: string
  expiresAt: Date
}

/** Asks the named function; any transaction may. */
export async function findByToken(tx: Tx, hash: Buffer): Promise<FoundInvitation | undefined> {
  const text = `
    select id, organization_id as "organizationId", organization_name as "organizationName", slug, email,
      role, project_id as "projectId", project_name as "projectName", level,
      invited_by_name as "invitedByName", expires_at as "expiresAt"
    from invitation_of($1)`
  return (await tx.query<FoundInvitation>({ name: "people_invitation_of", text }, [hash]))[0]
}

export async function updateAudience(
  tx: Tx,
  projectId: IdOf<"project">,
  set: { audience: Audience; at: Date },
): Promise<void> {
  await tx.orm
    .update(projects)
    .set({ audience: set.audience, updatedAt: set.at })
    .where(eq(projects.id, projectId))
}
