import type { IdOf } from "@vibecaas/contract/kinds"
import type { Page } from "@vibecaas/contract/paging"
import type { Proposal } from "@vibecaas/contract/proposal"
import { proposalId } from "@vibecaas/contract/run-ids"
import { z } from "zod"
import type { Ctx } from "../../core/ctx.ts"
import { decodeCursor, takePage } from "../../core/cursor.ts"
import type { Catalogue } from "../../starters/index.ts"
import { listProposals } from "../queries/proposals.ts"
import type { PageRequest } from "../read-runs.ts"
import { listProposal, type ProposalRow, showProposal } from "./proposal.ts"
import { readShelf } from "./starter-shelf.ts"

const place = z.object({ id: proposalId })

/** The proposal with what each starter makes of it. */
export const readProposal = async (starters: Catalogue, row: ProposalRow): Promise<Proposal> =>
  showProposal(await readShelf(starters), row)

/** A project's proposals, newest first. */
export async function readProposals(
  ctx: Ctx,
  starters: Catalogue,
  { projectId, ...page }: PageRequest & { projectId: IdOf<"project"> },
): Promise<Page<Proposal>> {
  const before = decodeCursor(place, page.cursor)?.id
  const shelf = await readShelf(starters)
  const rows = await listProposals(ctx.db, projectId, { limit: page.limit + 1, before })
  return takePage(rows, page.limit, {
    show: (row) => listProposal(shelf, row),
    position: ({ id }) => ({ id }),
  })
}
