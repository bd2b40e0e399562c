import type { Handlers } from "../../core/kind.ts"
import type { AgentsParts } from "../agents-parts.ts"
import { confirmProposal, declineProposal, needProposal, needStarter } from "./confirm-proposal.ts"
import { makeProposal } from "./make-proposal.ts"
import { choiceOf } from "./proposal.ts"
import { readProposal, readProposals } from "./read-proposals.ts"
import { readShelf } from "./starter-shelf.ts"

/** The calls about proposals, among those of the agents' kind. */
export function proposalHandlers(parts: AgentsParts) {
  const { starters } = parts
  return {
    "POST /agents/proposals": async ({ ctx, body }) =>
      readProposal(starters, await makeProposal(ctx, parts, body)),
    "GET /agents/proposals": async ({ ctx, query }) => {
      const { projectId, limit, cursor } = query
      return readProposals(ctx, starters, { projectId, limit, cursor })
    },
    "GET /agents/proposals/{proposalId}": async ({ ctx, params }) =>
      readProposal(starters, await needProposal(ctx, params.proposalId)),
    "GET /agents/proposals/{proposalId}/choices/{starterId}": async ({ ctx, params }) => {
      const row = await needProposal(ctx, params.proposalId)
      return choiceOf(needStarter(await readShelf(starters), params.starterId, row), row)
    },
    "POST /agents/proposals/{proposalId}/confirm": async ({ ctx, params, body }) =>
      readProposal(starters, await confirmProposal(ctx, parts, { ...params, ...body })),
    "POST /agents/proposals/{proposalId}/decline": async ({ ctx, params }) =>
      readProposal(starters, await declineProposal(ctx, parts, params.proposalId)),
  } satisfies Partial<Handlers<"agents">>
}
