"use client"
import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import type { Commit, Project } from "@vibecaas/contract/kinds/projects"
import { ChevronDown, ChevronRight, GitCommitHorizontal } from "lucide-react"
import { useEffect, useId, useRef, useState } from "react"
import { itemsIn } from "../api/kept.ts"
import { read, readPages } from "../api/read.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { shortId } from "../ui/format.ts"
import { ListPanel } from "../ui/list-panel.tsx"
import { Page } from "../ui/page-head.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Loading, Skeleton, SkeletonRows } from "../ui/skeleton.tsx"
import { DiffView } from "./diff-view.tsx"
import { useOpenProject } from "./project-frame.tsx"

/** Every commit of the project, and what each changed; one that was asked for is open. */
export function HistoryScreen({ asked }: { asked?: string | undefined }) {
  const project = useOpenProject()
  const request = { params: { projectId: project.id }, query: { limit: 30 } }
  const commits = useInfiniteQuery(readPages("GET /projects/{projectId}/commits", request))
  const known = itemsIn(commits.data).some(({ id }) => id === asked)
  // A page that did not come is asked for again by a person only.
  const more = commits.hasNextPage && !commits.isFetching && !commits.isFetchNextPageError
  const seek = asked !== undefined && !known && more
  const { fetchNextPage } = commits
  useEffect(() => {
    if (seek) void fetchNextPage()
  }, [seek, fetchNextPage])
  return (
    <Page>
      <ListPanel
        label="History"
        list={commits}
        noun="commit"
        failed="The history could not be loaded"
        skeleton={
          <SkeletonRows
            what="history"
            widths={["w-1/3", "w-2/5", "w-1/4", "w-1/2"]}
            className="h-[53px]"
          />
        }
        empty={
          <EmptyState icon={GitCommitHorizontal} title="No commits yet">
            Every change by an agent or a person is a commit, so nothing that was written is lost.
          </EmptyState>
        }
      >
        {(items) => (
          <ol>
            {items.map((commit) => (
              <CommitRow
                key={commit.id}
                projectId={project.id}
                commit={commit}
                asked={commit.id === asked}
              />
            ))}
          </ol>
        )}
      </ListPanel>
    </Page>
  )
}

interface CommitProps {
  projectId: Project["id"]
  commit: Commit
}

function CommitRow({ projectId, commit, asked }: CommitProps & { asked: boolean }) {
  const id = useId()
  const row = useRef<HTMLLIElement>(null)
  const [open, setOpen] = useState(asked)
  useEffect(() => {
    if (asked) row.current?.scrollIntoView({ block: "nearest" })
  }, [asked])
  const [title, ...told] = commit.message.split("\n").filter(Boolean)
  // An agent's commit tells whose wish it was; its last line is for the server.
  const [request] = told.filter((line) => !line.startsWith("Step: "))
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <li ref={row} className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full items-center gap-3 px-4 py-1.5 text-left text-13 outline-offset-[-2px] hover:bg-hover"
      >
        <Chevron aria-hidden="true" className="size-3.5 flex-none text-fg-3" strokeWidth={1.75} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{title}</span>
          <span className="block truncate text-12 text-fg-3">
            {[commit.author, request].filter(Boolean).join(" · ")}
          </span>
        </span>
        <span className="mono flex-none text-12 text-fg-3 max-md:hidden">{shortId(commit.id)}</span>
        <span className="w-24 flex-none text-right text-12 text-fg-3">
          <RelativeTime at={commit.at} />
        </span>
      </button>
      <div id={id} hidden={!open} className="border-t border-line bg-bg p-4">
        {open ? <CommitDiff projectId={projectId} commit={commit} /> : null}
      </div>
    </li>
  )
}

function CommitDiff({ projectId, commit }: CommitProps) {
  const query = { to: commit.id, ...(commit.parent ? { from: commit.parent } : {}) }
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
