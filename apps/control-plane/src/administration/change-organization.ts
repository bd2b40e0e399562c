import type { PlatformOrganizationDetail } from "@vibecaas/contract/kinds/administration"
import { fault } from "@vibecaas/kernel/fault"
import type { Actor, Ctx } from "../core/ctx.ts"
import { wakeAll } from "../core/holds.ts"
import type { Principal } from "../core/kind.ts"
import { record } from "../core/record.ts"
import { setLimit, showLimits } from "../quotas/index.ts"
import type { AdministrationParts } from "./parts.ts"
import { type OrganizationRow, showOrganization } from "./person.ts"
import { findOrganization, listMembers, updateDisabled } from "./queries.ts"

/** An administrator who asks for something about an organization. */
export interface OrganizationWish {
  admin: Principal
  actor: Actor
  organizationId: string
}

/** @throws Fault `not_found` */
async function need(
  { database }: AdministrationParts,
  { admin, organizationId }: OrganizationWish,
): Promise<OrganizationRow> {
  const find = findOrganization
  const row = await database.asPlatform((tx) => find(tx, admin.userId, organizationId))
  if (row) return row
  throw fault("not_found", { say: "There is no such organization." })
}

/** Works in an organization as its administrator, who is rarely a member. */
async function within<T>(
  parts: AdministrationParts,
  wish: OrganizationWish,
  action: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  await need(parts, wish)
  const { organizationId, actor } = wish
  return parts.scope({ organizationId, actor }, action)
}

/** @throws Fault `not_found` */
export async function organizationDetail(
  parts: AdministrationParts,
  wish: OrganizationWish,
): Promise<PlatformOrganizationDetail> {
  const row = await need(parts, wish)
  const { organizationId, actor } = wish
  const inside = await parts.scope({ organizationId, actor, readOnly: true }, async (ctx) => ({
    people: await listMembers(ctx.db),
    ...(await showLimits(ctx)),
  }))
  return { ...showOrganization(row), ...inside }
}

/**
 * Closes an organization: its people, keys, previews and sites find nothing open from the moment it commits, and
 * its live machines and stores are stopped.
 *
 * @throws Fault `not_found`
 */
export function disableOrganization(
  parts: AdministrationParts,
  wish: OrganizationWish & { reason: string },
): Promise<void> {
  const { reason, admin } = wish
  return within(parts, wish, async (ctx) => {
    const set = { at: ctx.clock.now(), reason, byName: admin.name }
    if (!(await updateDisabled(ctx.db, set))) return
    keep(ctx, "organization.disable", { reason })
    await wakeAll(ctx)
  })
}

/** @throws Fault `not_found` */
export function enableOrganization(
  parts: AdministrationParts,
  wish: OrganizationWish,
): Promise<void> {
  return within(parts, wish, async (ctx) => {
    if (!(await updateDisabled(ctx.db, null))) return
    keep(ctx, "organization.enable")
    await wakeAll(ctx)
  })
}

/** @throws Fault `not_found`, `invalid` for what is not limited */
export function changeLimit(
  parts: AdministrationParts,
  wish: OrganizationWish & { resource: string; limit: number | null },
): Promise<void> {
  return within(parts, wish, (ctx) => setLimit(ctx, wish))
}

function keep(ctx: Ctx, action: string, details: Record<string, unknown> = {}): void {
  record(ctx, { action, subject: ctx.organizationId, details })
}
