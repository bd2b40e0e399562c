import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { announce } from "./announce.ts"
import { needProject } from "./need-project.ts"
import { nameUnlessGiven } from "./queries.ts"

/**
 * Names a project that no person has named yet; a name that a person gave stays. Its slug stays
 * too, and its version: somebody who is renaming it at this moment is not refused.
 *
 * @throws Fault `not_found`
 */
export async function suggestName(ctx: Ctx, id: IdOf<"project">, name: string): Promise<void> {
  const { name: about } = await needProject(ctx, id)
  if (about === name || !(await nameUnlessGiven(ctx.db, id, name))) return
  record(ctx, { action: "project.update", subject: id, details: { about, name } })
  announce(ctx, id)
}
