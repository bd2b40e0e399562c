import type { Handlers } from "../../core/kind.ts"
import type { AgentsParts } from "../agents-parts.ts"
import { cancelComparison, needComparison, promoteCandidate } from "./decide.ts"
import { readComparison, readComparisons } from "./read-comparisons.ts"
import { startComparison } from "./start-comparison.ts"

/** The calls about comparisons, among those of the agents' kind. */
export function comparisonHandlers(parts: AgentsParts) {
  const { repositories } = parts
  return {
    "POST /agents/comparisons": async ({ ctx, body }) => {
      const base = await repositories.of(body.projectId).head()
      return readComparison(ctx, await startComparison(ctx, parts, { ...body, base }))
    },
    "GET /agents/comparisons": async ({ ctx, query }) => {
      const { projectId, limit, cursor } = query
      return readComparisons(ctx, projectId, { limit, cursor })
    },
    "GET /agents/comparisons/{comparisonId}": async ({ ctx, params }) =>
      readComparison(ctx, await needComparison(ctx, params.comparisonId)),
    "POST /agents/comparisons/{comparisonId}/promote": async ({ ctx, params, body }) => {
      const { projectId } = await needComparison(ctx, params.comparisonId)
      const head = await repositories.of(projectId).head()
      return readComparison(ctx, await promoteCandidate(ctx, parts, { ...params, ...body, head }))
    },
    "POST /agents/comparisons/{comparisonId}/cancel": async ({ ctx, params }) =>
      readComparison(ctx, await cancelComparison(ctx, params.comparisonId)),
  } satisfies Partial<Handlers<"agents">>
}
