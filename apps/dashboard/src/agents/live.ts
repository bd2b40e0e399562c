import type { Run, Step } from "@vibecaas/contract/kinds/agents"
import { replaceItem } from "../api/kept.ts"
import { read } from "../api/read.ts"
import type { Applier } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { hear, withStep } from "./heard-steps.ts"
import { journalOf, runsOf } from "./queries.ts"

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
  if (run.finishedAt) again(["GET /agents/runs/{runId}/steps", { runId: id }])
}

export const runStep: Applier = ({ data }, { client, again }) => {
  const step = fieldsOf<Step>(data)
  if (!step.runId || step.sequence === undefined) return again("GET /agents/runs/{runId}/steps")
  // A step with a run and a place in it is a row of the journal as the API shows it.
  const row = step as Step
  hear(client, row)
  client.setQueryData<Step[]>(journalOf(row.runId).queryKey, (steps) => withStep(steps, row))
}

function isWhole(run: Partial<Run>): run is Run {
  return run.projectId !== undefined && run.tasks !== undefined
}
