import type { Role } from "@vibecaas/contract/roles"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { record } from "../core/record.ts"
import { assertOwnerLeft, deleteMembership, lockRole } from "../tenants/index.ts"
import { assertMayGive, type MemberRow } from "./person.ts"
import { listMembers, updateRole } from "./queries/members.ts"

interface Change {
  userId: string
  /** of whoever changes it */
  own: Role
}

/**
 * Gives a member another role, which counts at once: a trigger tells every server.
 *
 * @throws Fault `not_found`, `forbidden` for owners by others, `wrong_state` for the last owner
 */
export async function changeRole(
  ctx: Ctx,
  { userId, own, role }: Change & { role: Role },
): Promise<MemberRow> {
  const before = await needRole(ctx, userId)
  assertMayGive(own, [before, role])
  if (before !== role) {
    if (before === "owner") await assertOwnerLeft(ctx, userId)
    await updateRole(ctx.db, userId, role)
  }
  const member = await needMember(ctx, userId)
  if (before === role) return member
  const details = { about: member.name, from: before, to: role }
  record(ctx, { action: "member.role", subject: userId, details })
  tellMember(ctx, userId)
  return member
}

/**
 * Ends a membership. A trigger ends, in the same transaction, secrets of keys that the person was
 * told, and what was shared with them; servers close what they have open.
 *
 * @throws Fault as `changeRole`
 */
export async function removeMember(ctx: Ctx, { userId, own }: Change): Promise<void> {
  const before = await needRole(ctx, userId)
  assertMayGive(own, [before])
  if (before === "owner") await assertOwnerLeft(ctx, userId)
  const { name } = await needMember(ctx, userId)
  await deleteMembership(ctx.db, userId)
  record(ctx, { action: "member.remove", subject: userId, details: { about: name, role: before } })
  tellMember(ctx, userId)
}

/** Says that who belongs to the organization, or is invited, is not as it was. */
export const tellMember = (ctx: Ctx, id: string) =>
  emit(ctx, { kind: "member.changed", about: {}, id, data: { id } })

async function needRole(ctx: Ctx, userId: string): Promise<Role> {
  const { role } = await lockRole(ctx.db, userId)
  if (role) return role
  throw fault("not_found", { say: "There is no such member." })
}

async function needMember(ctx: Ctx, userId: string): Promise<MemberRow> {
  const member = (await listMembers(ctx.db)).find((each) => each.userId === userId)
  if (member) return member
  throw fault("not_found", { say: "There is no such member." })
}
