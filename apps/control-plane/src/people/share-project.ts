import type { IdOf } from "@vibecaas/contract/kinds"
import type { ProjectAccess } from "@vibecaas/contract/kinds/people"
import type { AccessLevel, Audience } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { record } from "../core/record.ts"
import { needLivingProject, needProject } from "../projects/index.ts"
import { invite, openInvitations } from "./invite.ts"
import type { PeopleParts } from "./people-parts.ts"
import { showInvitation } from "./person.ts"
import {
  deletePerson,
  dropRequests,
  findAudience,
  listPeople,
  listRequests,
  putPerson,
} from "./queries/access.ts"
import { listMembers, updateAudience } from "./queries/members.ts"

type ProjectId = IdOf<"project">

/** Who may do what in a project beside their role, who is invited to it, and who asks. */
export async function showAccess(ctx: Ctx, projectId: ProjectId): Promise<ProjectAccess> {
  const now = ctx.clock.now()
  const audience = (await findAudience(ctx.db, projectId)) ?? "organization"
  const people = await listPeople(ctx.db, projectId)
  const invitations = await openInvitations(ctx, projectId)
  const requests = await listRequests(ctx.db, projectId)
  return {
    ...{ audience, people },
    invitations: invitations.map((row) => showInvitation(row, now)),
    requests: requests.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
  }
}

/** @throws Fault `wrong_state` while the project is being deleted */
export async function setAudience(
  ctx: Ctx,
  { projectId, audience }: { projectId: ProjectId; audience: Audience },
): Promise<void> {
  const { name } = await needLivingProject(ctx, projectId)
  if ((await findAudience(ctx.db, projectId)) === audience) return
  await updateAudience(ctx.db, projectId, { audience, at: ctx.clock.now() })
  const details = { about: name, audience }
  record(ctx, { action: "project.audience", subject: projectId, details })
  tellAccess(ctx, projectId)
}

interface Share {
  projectId: ProjectId
  email: string
  level: AccessLevel
  /** of whoever shares */
  own: Role
}

/**
 * Shares a project with one person. A member has it at once; anybody else is invited to it alone, and
 * is its guest once they accept: whether an address has an account here is not told.
 *
 * @throws Fault as `invite`; `wrong_state` while the project is being deleted
 */
export async function shareProject(
  ctx: Ctx,
  parts: Pick<PeopleParts, "masterKey" | "publicUrl">,
  { projectId, email, level, own }: Share,
): Promise<void> {
  await needLivingProject(ctx, projectId)
  const address = email.toLowerCase()
  const member = (await listMembers(ctx.db)).find((each) => each.email.toLowerCase() === address)
  if (member) return give(ctx, { projectId, userId: member.userId, name: member.name, level })
  const guest = (await listPeople(ctx.db, projectId)).find(
    (each) => each.email.toLowerCase() === address,
  )
  if (guest) return give(ctx, { projectId, userId: guest.userId, name: guest.name, level })
  const goal = { role: null, project: { id: projectId, level } }
  await invite(ctx, parts, { own, email: address, goal, days: 7 })
  tellAccess(ctx, projectId)
}

/** @throws Fault `not_found` when the project is not shared with them */
export async function changeLevel(
  ctx: Ctx,
  { projectId, userId, level }: { projectId: ProjectId; userId: string; level: AccessLevel },
): Promise<void> {
  const { name } = await needPerson(ctx, { projectId, userId })
  await give(ctx, { projectId, userId, name, level })
}

/** @throws Fault `not_found` when the project is not shared with them */
export async function endAccess(
  ctx: Ctx,
  of: { projectId: ProjectId; userId: string },
): Promise<void> {
  const { name } = await needPerson(ctx, of)
  await deletePerson(ctx.db, of)
  const details = { about: name, projectId: of.projectId }
  record(ctx, { action: "project_access.end", subject: of.userId, details })
  tellAccess(ctx, of.projectId)
}

/** Gives a person a level in a project, which answers what they may have asked for. */
export async function give(
  ctx: Ctx,
  of: { projectId: ProjectId; userId: string; name: string; level: AccessLevel },
): Promise<void> {
  const { projectId, userId, level } = of
  await putPerson(ctx.db, { organizationId: ctx.organizationId, projectId, userId, level })
  await dropRequests(ctx.db, { projectId, userId })
  const details = { about: of.name, level, projectId }
  record(ctx, { action: "project_access.give", subject: userId, details })
  tellAccess(ctx, projectId)
}

/** Says that who may do what in a project is not as it was. */
export const tellAccess = (ctx: Ctx, id: ProjectId) =>
  emit(ctx, { kind: "project_access.changed", about: { project: id }, id, data: { id } })

async function needPerson(ctx: Ctx, of: { projectId: ProjectId; userId: string }) {
  await needProject(ctx, of.projectId)
  const person = (await listPeople(ctx.db, of.projectId)).find(({ userId }) => userId === of.userId)
  if (person) return person
  throw fault("not_found", { say: "The project is not shared with them." })
}
