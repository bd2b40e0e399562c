"use client"
import { queryOptions, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query"
import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Proposal } from "@vibecaas/contract/proposal"
import { act } from "../api/act.ts"
import { call } from "../api/call.ts"
import { read, readAll, readPages } from "../api/read.ts"
import { withHeard } from "./heard-steps.ts"

type RunId = Run["id"]

/** Runs of a project, newest first. */
export const runsOf = (projectId: Project["id"]) =>
  readPages("GET /agents/runs", { query: { projectId, limit: 20 } })

export function useRuns(projectId: Project["id"]) {
  return useInfiniteQuery(runsOf(projectId))
}

const runOf = (runId: string) =>
  read("GET /agents/runs/{runId}", { params: { runId: runId as RunId } }) // judged by the server

/** One run; what the list of runs said stands until it is read. */
export function useRun(runId: string | undefined, listed: Run | undefined) {
  return useQuery({
    ...runOf(runId ?? ""),
    enabled: runId !== undefined,
    ...(listed ? { placeholderData: listed } : {}),
  })
}

/** pages of the journal that are read; more would only be scrolled past */
const pagesMax = 10

/** The journal of a run, oldest first; new rows come by the live stream. */
export function journalOf(runId: RunId) {
  const request = { params: { runId }, query: { limit: 100 } }
  const all = readAll("GET /agents/runs/{runId}/steps", request, pagesMax)
  return queryOptions({
    queryKey: all.queryKey,
    queryFn: async (context) => withHeard(context.client, runId, await all.read(context.signal)),
  })
}

export function useSteps(runId: RunId) {
  return useQuery(journalOf(runId))
}

export function useTaskDiff(run: Run, task: Run["tasks"][number], wanted: boolean) {
  const request = { params: { runId: run.id, taskId: task.id } }
  const route = "GET /agents/runs/{runId}/tasks/{taskId}/diff"
  return useQuery({
    // Its last commit is in only when the task has ended.
    queryKey: [route, request, task.finishedAt],
    queryFn: ({ signal }) => call(route, request, { signal }),
    enabled: wanted,
  })
}

/** Whether agents are at work, or a person decides first. */
export const isRun = (made: Run | Proposal): made is Run => "tasks" in made

/** Starts a run, or where no language model plans makes a proposal; the same wish sent twice does it once. */
export const startRun = act("POST /agents/runs", {
  once: true,
  renews: ({ body: { projectId } }) => [
    ["GET /agents/runs", { projectId }],
    ["GET /agents/proposals", { projectId }],
  ],
  answers: (made) => (isRun(made) ? runOf(made.id) : proposalOf(made.id)),
})

/** Comparisons of a project, newest first. */
export const comparisonsOf = (projectId: Project["id"]) =>
  readPages("GET /agents/comparisons", { query: { projectId, limit: 20 } })

export function useComparisons(projectId: Project["id"]) {
  return useInfiniteQuery(comparisonsOf(projectId))
}

const comparisonOf = (id: Comparison["id"]) =>
  read("GET /agents/comparisons/{comparisonId}", { params: { comparisonId: id } })

/** One comparison; what the list of them said stands until it is read. */
export function useComparison(id: string | undefined, listed: Comparison | undefined) {
  return useQuery({
    ...comparisonOf((id ?? "cmp_") as Comparison["id"]), // judged by the server
    enabled: id !== undefined,
    ...(listed ? { placeholderData: listed } : {}),
  })
}

const renewing = {
  renews: ["GET /agents/comparisons", "GET /agents/runs"],
  answers: ({ id }: Comparison) => comparisonOf(id),
} as const

/** Lets several runs work on one goal; the same wish sent twice starts them once. */
export const startComparison = act("POST /agents/comparisons", { once: true, ...renewing })
export const promoteCandidate = act("POST /agents/comparisons/{comparisonId}/promote", renewing)
export const cancelComparison = act("POST /agents/comparisons/{comparisonId}/cancel", renewing)

/** Proposals of a project, newest first. */
export const proposalsOf = (projectId: Project["id"]) =>
  readPages("GET /agents/proposals", { query: { projectId, limit: 20 } })

/** Proposals of a project; the newest one says what waits for a person. */
export function useProposals(projectId: Project["id"]) {
  return useInfiniteQuery(proposalsOf(projectId))
}

const proposalOf = (proposalId: Proposal["id"]) =>
  read("GET /agents/proposals/{proposalId}", { params: { proposalId } })

/** What a starter would make of the proposal's prompt. */
export const choiceOf = (proposalId: Proposal["id"], starterId: string) =>
  read("GET /agents/proposals/{proposalId}/choices/{starterId}", {
    params: { proposalId, starterId },
  })

const decided = {
  renews: ["GET /agents/proposals", "GET /agents/runs"],
  answers: ({ id }: Proposal) => proposalOf(id),
} as const

export const confirmProposal = act("POST /agents/proposals/{proposalId}/confirm", {
  once: true,
  ...decided,
})
export const declineProposal = act("POST /agents/proposals/{proposalId}/decline", decided)

const renewed = { renews: ["GET /agents/runs"], answers: (run: Run) => runOf(run.id) } as const
const runActions = {
  cancel: act("POST /agents/runs/{runId}/cancel", renewed),
  retry: act("POST /agents/runs/{runId}/retry", renewed),
}

/** Answers what a run asks, if nobody else was faster. */
export const answerInquiry = act("POST /agents/runs/{runId}/inquiries/{inquiryId}/answer", {
  renews: ({ params: { runId } }) => [["GET /agents/runs/{runId}", { runId }]],
})

export const rulesOf = (projectId: Project["id"]) =>
  read("GET /projects/{projectId}/approvals", { params: { projectId } })

/** Changes what agents may do by themselves, if nobody else changed it meanwhile. */
export const changeRules = act("PATCH /projects/{projectId}/approvals", {
  answers: (_, { params }) => rulesOf(params.projectId),
  renews: ({ params }) => [["GET /projects/{projectId}/approvals", params]],
})

export const budgetOf = (projectId: Project["id"]) =>
  read("GET /projects/{projectId}/budget", { params: { projectId } })

/** Changes what the project's runs may use in a month, if nobody else changed it meanwhile. */
export const changeBudget = act("PATCH /projects/{projectId}/budget", {
  answers: (_, { params }) => budgetOf(params.projectId),
  renews: ({ params }) => [["GET /projects/{projectId}/budget", params]],
})

/** Writes to a run at work; the same wish sent twice is written once. */
export const sendMessage = act("POST /agents/runs/{runId}/messages", {
  once: true,
  renews: ({ params: { runId } }) => [["GET /agents/runs/{runId}", { runId }]],
})

/** Stops a run for another goal. */
export const redirectRun = act("POST /agents/runs/{runId}/redirect", {
  renews: ["GET /agents/runs"],
})

/** Stops a run, or tries its failed and skipped tasks again. */
export function useRunAction(verb: keyof typeof runActions) {
  return useMutation(runActions[verb])
}
