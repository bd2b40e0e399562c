import type { IdOf } from "@vibecaas/contract/kinds"
import type { AccessLevel, Audience } from "@vibecaas/contract/project-access"
import { and, eq } from "drizzle-orm"
import { accessRequests, projectPeople } from "../../db/tables/people.ts"
import { projects } from "../../db/tables/projects.ts"
import type { Tx } from "../../db/tenant.ts"

type ProjectId = IdOf<"project">

export interface ProjectPersonRow {
  userId: string
  name: string
  email: string
  level: AccessLevel
  guest: boolean
}

/** Asks the named function: with whom a project is shared, in the order in which that was done. */
export function listPeople(tx: Tx, projectId: ProjectId): Promise<ProjectPersonRow[]> {
  const text = `select user_id as "userId", name, email, level, guest from project_people_here($1)`
  return tx.query<ProjectPersonRow>({ name: "people_of_project", text }, [projectId])
}

/** Gives somebody a level in a project in place of the one they may have. */
export async function putPerson(
  tx: Tx,
  row: Pick<typeof projectPeople.$inferInsert, "organizationId" | "projectId" | "userId" | "level">,
): Promise<void> {
  const { level } = row
  await tx.orm
    .insert(projectPeople)
    .values(row)
    .onConflictDoUpdate({
      target: [projectPeople.projectId, projectPeople.userId],
      set: { level },
    })
}

export async function deletePerson(
  tx: Tx,
  of: { projectId: ProjectId; userId: string },
): Promise<boolean> {
  const { projectId, userId } = of
  const gone = await tx.orm
    .delete(projectPeople)
    .where(and(eq(projectPeople.projectId, projectId), eq(projectPeople.userId, userId)))
    .returning()
  return gone.length === 1
}

export async function findLevel(
  tx: Tx,
  of: { projectId: ProjectId; userId: string },
): Promise<AccessLevel | undefined> {
  const rows = await tx.orm
    .select({ level: projectPeople.level })
    .from(projectPeople)
    .where(and(eq(projectPeople.projectId, of.projectId), eq(projectPeople.userId, of.userId)))
  return rows[0]?.level
}

export async function findAudience(tx: Tx, projectId: ProjectId): Promise<Audience | undefined> {
  const rows = await tx.orm
    .select({ audience: projects.audience })
    .from(projects)
    .where(eq(projects.id, projectId))
  return rows[0]?.audience
}

export interface AccessRequestRow {
  id: IdOf<"access_request">
  userId: string
  name: string
  email: string
  note: string
  createdAt: Date
}

/** Who asks for a project, oldest first. */
export function listRequests(tx: Tx, projectId: ProjectId): Promise<AccessRequestRow[]> {
  const text = `
    select r.id, r.user_id as "userId", m.name, m.email, r.note, r.created_at as "createdAt"
    from access_requests r join members_here() m on m.user_id = r.user_id
    where r.project_id = $1 order by r.created_at, r.id`
  return tx.query<AccessRequestRow>({ name: "people_access_requests", text }, [projectId])
}

/** Asking again only changes what is said; false then. */
export async function putRequest(
  tx: Tx,
  row: typeof accessRequests.$inferInsert,
): Promise<boolean> {
  const before = await tx.orm
    .update(accessRequests)
    .set({ note: row.note })
    .where(and(eq(accessRequests.projectId, row.projectId), eq(accessRequests.userId, row.userId)))
    .returning()
  if (before.length > 0) return false
  await tx.orm.insert(accessRequests).values(row).onConflictDoNothing()
  return true
}

/** The person who asked, once: the answer takes the request away. */
export async function takeRequest(
  tx: Tx,
  of: { projectId: ProjectId; id: IdOf<"access_request"> },
): Promise<string | undefined> {
  const gone = await tx.orm
    .delete(accessRequests)
    .where(and(eq(accessRequests.projectId, of.projectId), eq(accessRequests.id, of.id)))
    .returning()
  return gone[0]?.userId
}

/** What a person asked for is answered when they were given it otherwise. */
export async function dropRequests(
  tx: Tx,
  of: { projectId: ProjectId; userId: string },
): Promise<void> {
  await tx.orm
    .delete(accessRequests)
    .where(and(eq(accessRequests.projectId, of.projectId), eq(accessRequests.userId, of.userId)))
}
