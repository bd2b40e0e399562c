import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import type { OrganizationRow } from "./organization.ts"
import { findOrganization } from "./queries.ts"

/** @throws Fault `not_found` */
export async function needOrganization(ctx: Ctx): Promise<OrganizationRow> {
  const row = await findOrganization(ctx.db)
  if (row) return row
  throw fault("not_found", { say: "There is no such organization." })
}
