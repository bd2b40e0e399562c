import type { Role } from "@vibecaas/contract/roles"
import type { Ctx } from "../core/ctx.ts"
import { findRole } from "./queries.ts"

/** A person's role in the organization now; undefined when they are not a member. */
export function roleOf(ctx: Ctx, userId: string): Promise<Role | undefined> {
  return findRole(ctx.db, { userId, organizationId: ctx.organizationId })
}
