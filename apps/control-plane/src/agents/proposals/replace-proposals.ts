import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../../core/ctx.ts"
import type { AgentsParts } from "../agents-parts.ts"
import { replaceWaiting } from "../queries/proposals.ts"
import { readShelf } from "./starter-shelf.ts"
import { tellProposal } from "./tell-proposal.ts"

/** Ends what waits on a project to be confirmed, since something else was asked for, and tells it. */
export async function replaceProposals(
  ctx: Ctx,
  { starters }: Pick<AgentsParts, "starters">,
  projectId: IdOf<"project">,
): Promise<void> {
  const replaced = await replaceWaiting(ctx.db, projectId, ctx.clock.now())
  if (replaced.length === 0) return
  const shelf = await readShelf(starters)
  for (const row of replaced) await tellProposal(ctx, shelf, row)
}
