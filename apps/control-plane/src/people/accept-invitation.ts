import type { InvitationShown } from "@vibecaas/contract/kinds/people"
import { fault } from "@vibecaas/kernel/fault"
import type { Actor, Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { lockRole, tellOrganization } from "../tenants/index.ts"
import { tellMember } from "./change-member.ts"
import { endInvitation } from "./invite.ts"
import type { PeopleParts } from "./people-parts.ts"
import { higherOf } from "./person.ts"
import { putPerson } from "./queries/access.ts"
import {
  type FoundInvitation,
  findByToken,
  insertMember,
  lockInvitation,
  updateRole,
} from "./queries/members.ts"
import { tellAccess } from "./share-project.ts"
import { hashOfToken } from "./token.ts"

type FindParts = Pick<PeopleParts, "database" | "clock">

/**
 * What a token is for.
 *
 * @throws Fault `not_found`
 */
export async function lookAtInvitation(parts: FindParts, token: string): Promise<InvitationShown> {
  const found = await needByToken(parts, token)
  const { organizationName, projectName, role, level, email, invitedByName, expiresAt } = found
  return {
    ...{ organization: organizationName, project: projectName, role, level, email },
    invitedBy: invitedByName,
    state: expiresAt <= parts.clock.now() ? "expired" : "pending",
    expiresAt: expiresAt.toISOString(),
  }
}

/** Whether an invitation lets somebody with that address make an account. */
export async function isInvited(
  parts: FindParts,
  of: { token: string; email: string },
): Promise<boolean> {
  const found = await byToken(parts, of.token)
  if (!found || found.expiresAt <= parts.clock.now()) return false
  return found.email === null || found.email === of.email.toLowerCase()
}

interface Person {
  id: string
  name: string
  email: string
}

/**
 * Makes somebody what they were invited to be. The invitation is over then: of two who use its link at
 * once the second is told that it is used.
 *
 * @throws Fault `not_found`, `forbidden` for another address, `wrong_state` when its time is over
 */
export async function acceptInvitation(
  parts: Pick<PeopleParts, "scope"> & FindParts,
  { token, person, actor }: { token: string; person: Person; actor: Actor },
): Promise<FoundInvitation> {
  const found = await needByToken(parts, token)
  if (found.email !== null && found.email !== person.email.toLowerCase()) {
    const say = `This invitation is for ${found.email}. Sign in with that address to accept it.`
    throw fault("forbidden", { say })
  }
  if (found.expiresAt <= parts.clock.now()) {
    const say = "The time of this invitation is over. Ask for another one."
    throw fault("wrong_state", { say })
  }
  const { organizationId, id } = found
  await parts.scope({ organizationId, actor }, async (ctx) => {
    // Sent again meanwhile, its token is another one; used or revoked, it is gone.
    const row = await lockInvitation(ctx.db, id)
    if (!row?.tokenHash.equals(hashOfToken(token))) throw unknown()
    await endInvitation(ctx, id)
    await accept(ctx, found, person)
  })
  return found
}

async function accept(ctx: Ctx, found: FoundInvitation, person: Person): Promise<void> {
  const about = person.name
  if (found.role !== null) await join(ctx, person.id, found.role)
  if (found.projectId && found.level) {
    const { organizationId } = ctx
    const { projectId, level } = found
    await putPerson(ctx.db, { organizationId, projectId, userId: person.id, level })
    tellAccess(ctx, projectId)
  }
  const details = { about, role: found.role, level: found.level, projectId: found.projectId }
  record(ctx, { action: "invitation.accept", subject: found.id, details })
  tellMember(ctx, person.id)
  tellOrganization(ctx)
}

/** Who is a member already keeps what they may do, or gets more. */
async function join(ctx: Ctx, userId: string, role: NonNullable<FoundInvitation["role"]>) {
  const { role: before } = await lockRole(ctx.db, userId)
  const { organizationId } = ctx
  if (before === undefined) await insertMember(ctx.db, { organizationId, userId, role })
  else if (higherOf(before, role) !== before) await updateRole(ctx.db, userId, role)
}

const byToken = ({ database }: FindParts, token: string) =>
  database.asPlatform((tx) => findByToken(tx, hashOfToken(token)))

async function needByToken(parts: FindParts, token: string): Promise<FoundInvitation> {
  const found = await byToken(parts, token)
  if (found) return found
  throw unknown()
}

const unknown = () =>
  fault("not_found", { say: "This link opens nothing: it was used, revoked, or sent again." })
