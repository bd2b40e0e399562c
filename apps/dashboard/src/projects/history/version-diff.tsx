"use client"
import { useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { read } from "../../api/read.ts"
import { ErrorPanel } from "../../ui/error-panel.tsx"
import { Loading, Skeleton } from "../../ui/skeleton.tsx"
import { DiffView } from "../diff-view.tsx"

interface VersionDiffProps {
  projectId: Project["id"]
  /** none: from the commit before */
  from?: string | undefined
  to: string
}

/** How the files of two commits differ. */
export function VersionDiff({ projectId, from, to }: VersionDiffProps) {
  const query = { to, ...(from ? { from } : {}) }
  const { data, error, refetch } = useQuery({
    ...read("GET /projects/{projectId}/diff", { params: { projectId }, query }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) {
    return (
      <ErrorPanel title="The change could not be loaded" error={error} onRetry={() => refetch()} />
    )
  }
  if (!data) {
    return (
      <div className="grid gap-3">
        <Loading what="change" />
        <Skeleton className="w-2/5" />
        <Skeleton className="w-3/5" />
      </div>
    )
  }
  if (data.files.length === 0) return <p className="text-13 text-fg-2">No file differs.</p>
  return <DiffView files={data.files} />
}
