import { changed } from "../../core/changes.ts"
import type { Ctx } from "../../core/ctx.ts"
import { emit } from "../../core/emit.ts"
import { hearOfProject } from "../../projects/index.ts"
import { listProposal, type ProposalRow, signalOf } from "./proposal.ts"
import type { StarterShelf } from "./starter-shelf.ts"

/** Tells whoever watches its project, and the project itself, what the proposal is in the end. */
export async function tellProposal(ctx: Ctx, shelf: StarterShelf, row: ProposalRow): Promise<void> {
  const { id, state, projectId } = row
  // A run speaks for itself, and what was replaced has one after it.
  const speaks = state === "waiting" || state === "declined"
  if (speaks) await hearOfProject(ctx, projectId, signalOf(row))
  changed(ctx, `proposal/${id}`, async () => {
    const data = listProposal(shelf, row)
    emit(ctx, { kind: "proposal.changed", about: { project: projectId }, id, data })
  })
}
