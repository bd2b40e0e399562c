import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import type { ProjectRow } from "./project.ts"
import { findProject, lockProject } from "./queries.ts"

/** @throws Fault `not_found` */
export async function needProject(ctx: Ctx, id: IdOf<"project">): Promise<ProjectRow> {
  return found(await findProject(ctx.db, id))
}

/** @throws Fault `not_found`, `wrong_state` when it is being deleted */
export async function needLivingProject(ctx: Ctx, id: IdOf<"project">): Promise<ProjectRow> {
  return living(await needProject(ctx, id))
}

/**
 * The same, locked until the transaction ends: nobody can ask for its deletion meanwhile.
 *
 * @throws Fault `not_found`, `wrong_state` when it is being deleted
 */
export async function lockLivingProject(ctx: Ctx, id: IdOf<"project">): Promise<ProjectRow> {
  return living(found(await lockProject(ctx.db, id)))
}

function found(row: ProjectRow | undefined): ProjectRow {
  if (row) return row
  throw fault("not_found", { say: "There is no such project." })
}

function living(row: ProjectRow): ProjectRow {
  if (row.wanted === "present") return row
  throw fault("wrong_state", { say: "The project is being deleted and cannot be changed." })
}
