import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Proposal } from "@vibecaas/contract/proposal"
import type { Step } from "@vibecaas/contract/run-step"
import { replaceItem } from "../api/kept.ts"
import { read } from "../api/read.ts"
import type { Applier } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { hear, withStep } from "./heard-steps.ts"
import { comparisonsOf, journalOf, proposalsOf, runsOf } from "./queries.ts"

export const runChanged: Applier = ({ id, data }, { client, again, outlive }) => {
  const run = fieldsOf<Run>(data)
  if (!isWhole(run)) return again("GET /agents/runs", ["GET /agents/runs/{runId}", { runId: id }])
  const { projectId } = run
  const one = read("GET /agents/runs/{runId}", { params: { runId: run.id } })
  client.setQueryData(one.queryKey, run)
  const known = replaceItem(client, runsOf(projectId).queryKey, run)
  if (!known) again(["GET /agents/runs", { projectId }])
  outlive(["GET /agents/runs/{runId}", { runId: id }], ["GET /agents/runs", { projectId }])
  // Its journal is complete; read, it has in full what the stream shortened.
  if (run.finishedAt ?? run.provedAt) again(["GET /agents/runs/{runId}/steps", { runId: id }])
}

export const comparisonChanged: Applier = ({ id, data }, { client, again, outlive }) => {
  const comparison = fieldsOf<Comparison>(data)
  const one = ["GET /agents/comparisons/{comparisonId}", { comparisonId: id }] as const
  if (!isWholeComparison(comparison)) return again("GET /agents/comparisons", one)
  const { projectId } = comparison
  const params = { comparisonId: comparison.id }
  client.setQueryData(
    read("GET /agents/comparisons/{comparisonId}", { params }).queryKey,
    comparison,
  )
  const known = replaceItem(client, comparisonsOf(projectId).queryKey, comparison)
  if (!known) again(["GET /agents/comparisons", { projectId }])
  outlive(one, ["GET /agents/comparisons", { projectId }])
}

export const proposalChanged: Applier = ({ id, data }, { client, again, outlive }) => {
  const proposal = fieldsOf<Proposal>(data)
  const one = ["GET /agents/proposals/{proposalId}", { proposalId: id }] as const
  if (!isWholeProposal(proposal)) return again("GET /agents/proposals", one)
  const { projectId } = proposal
  const params = { proposalId: proposal.id }
  client.setQueryData(read("GET /agents/proposals/{proposalId}", { params }).queryKey, proposal)
  const known = replaceItem(client, proposalsOf(projectId).queryKey, proposal)
  if (!known) again(["GET /agents/proposals", { projectId }])
  outlive(one, ["GET /agents/proposals", { projectId }])
}

export const runStep: Applier = ({ data }, { client, again }) => {
  const step = fieldsOf<Step>(data)
  if (!step.runId || step.sequence === undefined) return again("GET /agents/runs/{runId}/steps")
  // A step with a run and a place in it is a row of the journal as the API shows it.
  const row = step as Step
  hear(client, row)
  client.setQueryData<Step[]>(journalOf(row.runId).queryKey, (steps) => withStep(steps, row))
}

function isWholeComparison(comparison: Partial<Comparison>): comparison is Comparison {
  return comparison.projectId !== undefined && comparison.candidates !== undefined
}

function isWholeProposal(proposal: Partial<Proposal>): proposal is Proposal {
  return proposal.projectId !== undefined && proposal.choices !== undefined
}

function isWhole(run: Partial<Run>): run is Run {
  return run.projectId !== undefined && run.tasks !== undefined
}
