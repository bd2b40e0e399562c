import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import type { AppRow } from "./app.ts"
import { findOfProject } from "./queries.ts"

/** The variables that people set for a project's app, for whoever must not tell them. */
export async function environmentOf(
  ctx: Ctx,
  projectId: IdOf<"project">,
): Promise<AppRow["environment"]> {
  return (await findOfProject(ctx.db, projectId))?.environment ?? {}
}
