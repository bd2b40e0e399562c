import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { needOrganization } from "./need-organization.ts"
import { deleteMembership, findPersonalOrganization, lockRole } from "./queries.ts"
import { tellOrganization } from "./reconcile-organization.ts"

/**
 * Ends the membership of whoever asks.
 *
 * @throws Fault `wrong_state` for its last owner, and for one's personal organization
 */
export async function leaveOrganization(
  ctx: Ctx,
  person: { id: string; name: string },
): Promise<void> {
  if ((await findPersonalOrganization(ctx.db, person.id)) === ctx.organizationId) {
    const say = "This is your personal organization. It goes with your account."
    throw fault("wrong_state", { say })
  }
  await assertOwnerLeft(ctx, person.id)
  if (!(await deleteMembership(ctx.db, person.id))) return
  const about = (await needOrganization(ctx)).name
  record(ctx, { action: "organization.leave", subject: ctx.organizationId, details: { about } })
  tellOrganization(ctx)
}

/**
 * Sees that an organization keeps an owner when somebody is none any more.
 *
 * @throws Fault `wrong_state`
 */
export async function assertOwnerLeft(ctx: Ctx, userId: string): Promise<void> {
  const { owners } = await lockRole(ctx.db, userId)
  if (!owners.includes(userId) || owners.length > 1) return
  const say = "An organization needs an owner, and there is no other. Make somebody an owner first."
  throw fault("wrong_state", { say })
}
