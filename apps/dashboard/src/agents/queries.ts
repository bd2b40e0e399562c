"use client"
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { Run, Step } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useRef } from "react"
import { call, newIdempotencyKey } from "../api/call.ts"
import { keys } from "../api/keys.ts"
import { withHeard } from "../live/live-cache.ts"

type RunId = Run["id"]

/** Runs of a project, newest first. */
export function useRuns(projectId: Project["id"]) {
  return useInfiniteQuery({
    queryKey: keys.runList(projectId),
    queryFn: ({ signal, pageParam }) =>
      call("GET /agents/runs", { query: { projectId, limit: 20, ...pageParam } }, { signal }),
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) => (nextCursor ? { cursor: nextCursor } : undefined),
  })
}

/** One run; what the list of runs said stands until it is read. */
export function useRun(runId: string | undefined, listed: Run | undefined) {
  return useQuery({
    queryKey: keys.run(runId ?? ""),
    queryFn: ({ signal }) =>
      call("GET /agents/runs/{runId}", { params: { runId: runId as RunId } }, { signal }),
    enabled: runId !== undefined,
    ...(listed ? { placeholderData: listed } : {}),
  })
}

/** pages of the journal that are read; more would only be scrolled past */
const pagesMax = 10

/** The journal of a run, oldest first; new rows come by the live stream. */
export function useSteps(runId: RunId) {
  const client = useQueryClient()
  return useQuery({
    queryKey: keys.steps(runId),
    queryFn: async ({ signal }) => {
      const steps: Step[] = []
      let cursor: string | undefined
      for (let page = 0; page < pagesMax; page += 1) {
        const query = { limit: 100, ...(cursor ? { cursor } : {}) }
        const answer = await call(
          "GET /agents/runs/{runId}/steps",
          { params: { runId }, query },
          { signal },
        )
        steps.push(...answer.items)
        if (!answer.nextCursor) break
        cursor = answer.nextCursor
      }
      return withHeard(client, runId, steps)
    },
  })
}

export function useTaskDiff(run: Run, task: Run["tasks"][number], wanted: boolean) {
  return useQuery({
    queryKey: keys.taskDiff(run.id, task.id, task.finishedAt),
    queryFn: ({ signal }) =>
      call(
        "GET /agents/runs/{runId}/tasks/{taskId}/diff",
        { params: { runId: run.id, taskId: task.id } },
        { signal },
      ),
    enabled: wanted,
  })
}

/** Starts a run; the same wish sent twice starts it once. */
export function useStartRun(projectId: Project["id"]) {
  const client = useQueryClient()
  const wish = useRef({ goal: "", key: "" })
  return useMutation({
    mutationFn: (goal: string) => {
      if (wish.current.goal !== goal) wish.current = { goal, key: newIdempotencyKey() }
      return call(
        "POST /agents/runs",
        { body: { projectId, goal } },
        { idempotencyKey: wish.current.key },
      )
    },
    onSuccess: (run) => {
      wish.current = { goal: "", key: "" }
      client.setQueryData(keys.run(run.id), run)
      return client.invalidateQueries({ queryKey: keys.runList(projectId) })
    },
  })
}

/** Stops a run, or tries its failed and skipped tasks again. */
export function useRunAction(run: Run | undefined, verb: "cancel" | "retry") {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => {
      if (!run) throw new Error(`there is no run to ${verb}`)
      return call(`POST /agents/runs/{runId}/${verb}`, { params: { runId: run.id } })
    },
    onSuccess: (changed) => {
      client.setQueryData(keys.run(changed.id), changed)
      void client.invalidateQueries({ queryKey: keys.runList(changed.projectId) })
    },
  })
}
