"use client"
import { useQuery } from "@tanstack/react-query"
import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { useEffect, useRef } from "react"
import { read } from "../api/read.ts"
import { DiffView } from "../projects/diff-view.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Panel } from "../ui/panel.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"

/** How a candidate's files differ from those the comparison began with, once it is done with them. */
export function useChanges(run: Run | undefined, base: Comparison["base"]) {
  const { commit = null, projectId = "prj_", provedAt = null, finishedAt = null } = run ?? {}
  const query = { to: commit ?? "", ...(base ? { from: base } : {}) }
  return useQuery({
    ...read("GET /projects/{projectId}/diff", { params: { projectId }, query }),
    enabled: commit !== null && (provedAt ?? finishedAt) !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

interface CandidateChangesProps {
  run: Run
  base: Comparison["base"]
  number: number
}

/** All that promoting a candidate would change. */
export function CandidateChanges({ run, base, number }: CandidateChangesProps) {
  const { data, error, refetch } = useChanges(run, base)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" })
  }, [])
  return (
    <div ref={place}>
      <Panel title={`Changes of candidate ${number}`}>
        <div className="p-4">
          {error ? (
            <ErrorPanel
              title="The changes could not be loaded"
              error={error}
              onRetry={() => refetch()}
            />
          ) : data ? (
            <DiffView files={data.files} />
          ) : (
            <>
              <Loading what="changes" />
              <Skeleton className="w-2/5" />
            </>
          )}
        </div>
      </Panel>
    </div>
  )
}
