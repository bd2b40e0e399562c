import type { IdOf } from "@vibecaas/contract/kinds"
import { type Permission, roleCan } from "@vibecaas/contract/permissions"
import { levelCan, seesAllProjects } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"
import type { Ctx } from "../core/ctx.ts"
import { roleOf } from "../tenants/index.ts"
import { findAudience, findLevel } from "./queries/access.ts"

/** What a person is to a project now; undefined when they have nothing to do with it. */
export interface Standing {
  /** undefined for a guest */
  role: Role | undefined
  can(permission: Permission): boolean
}

/** A person's rights in one project, by their role and by what was shared with them. */
export async function standingIn(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; userId: string },
): Promise<Standing | undefined> {
  const role = await roleOf(ctx, of.userId)
  const level = await findLevel(ctx.db, of)
  if (level === undefined) {
    if (role === undefined) return undefined
    if (!seesAllProjects(role) && (await findAudience(ctx.db, of.projectId)) === "listed")
      return undefined
  }
  return {
    role,
    can: (permission) =>
      (role !== undefined && roleCan(role, permission)) ||
      (level !== undefined && levelCan(level, permission)),
  }
}
