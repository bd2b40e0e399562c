import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../ctx.ts"
import type { ProjectRow } from "./project.ts"
import { findProject } from "./queries.ts"

/** @throws Fault `not_found` */
export async function needProject(ctx: Ctx, id: string): Promise<ProjectRow> {
  const row = await findProject(ctx.db, id)
  if (!row) throw fault("not_found", { say: "There is no such project." })
  return row
}
