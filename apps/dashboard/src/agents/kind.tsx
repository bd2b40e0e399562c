"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Kind } from "../kind.ts"
import { comparisonChanged, proposalChanged, runChanged, runStep } from "./live.ts"
import { useRuns } from "./queries.ts"

/** Runs: what the agents do and did in each project. */
export const agentsKind = {
  live: {
    "run.changed": runChanged,
    "run.step": runStep,
    "comparison.changed": comparisonChanged,
    "proposal.changed": proposalChanged,
  },
  missed: {
    project: (projectId) => [
      ["GET /agents/runs", { projectId }],
      ["GET /agents/comparisons", { projectId }],
      "GET /agents/comparisons/{comparisonId}",
      ["GET /agents/proposals", { projectId }],
      "GET /agents/proposals/{proposalId}",
    ],
    run: (runId) => ["GET /agents/runs", ["GET /agents/runs/{runId}/*", { runId }]],
  },
  pages: [
    { at: "/projects/{projectId}", name: "Runs", first: true, Aside: RunCount, place: 10 },
    { at: "/projects/{projectId}/compare", name: "Compare", place: 15 },
  ],
} as const satisfies Kind

/** Runs are numbered from 1, so the newest one tells how many there are. */
function RunCount({ params }: { params: Record<string, string> }) {
  const projectId = params.projectId as Project["id"] // judged by the server
  return useRuns(projectId).data?.pages[0]?.items[0]?.number
}
