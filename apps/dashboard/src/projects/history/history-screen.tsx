"use client"
import { useInfiniteQuery } from "@tanstack/react-query"
import type { Version } from "@vibecaas/contract/version"
import { GitCommitHorizontal } from "lucide-react"
import dynamic from "next/dynamic"
import { useEffect } from "react"
import { itemsIn } from "../../api/kept.ts"
import { readPages } from "../../api/read.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ListPanel } from "../../ui/list-panel.tsx"
import { Page } from "../../ui/page-head.tsx"
import { SkeletonRows } from "../../ui/skeleton.tsx"
import { useAsked } from "../../ui/use-asked.ts"
import { useOpenProject } from "../project-frame.tsx"
import { AskedCommit } from "./asked-commit.tsx"
import { CompareVersions } from "./compare-versions.tsx"
import { NotLive } from "./not-live.tsx"
import { VersionRow } from "./version-row.tsx"

const RestoreDialog = dynamic(
  () => import("./restore-dialog.tsx").then((module) => module.RestoreDialog),
  { ssr: false },
)
const UndoDialog = dynamic(() => import("./undo-dialog.tsx").then((module) => module.UndoDialog), {
  ssr: false,
})

interface HistoryProps {
  /** the commit that is to be open */
  asked?: string | undefined
  /** two commits that are to be compared */
  between?: { from: string; to: string } | undefined
}

/** pages that are read to find the version that was asked for */
const soughtMax = 5

/** Every version of the project, what each changed, and the ways back. */
export function HistoryScreen({ asked, between }: HistoryProps) {
  const project = useOpenProject()
  const versions = useVersions(project.id, asked)
  const restore = useAsked<Version>()
  const undo = useAsked<Version>()
  const items = itemsIn(versions.list.data)
  return (
    <Page>
      {between ? <CompareVersions versions={items} {...between} /> : null}
      {asked && versions.missing ? <AskedCommit projectId={project.id} commit={asked} /> : null}
      <NotLive commit={items[0]?.id} />
      <ListPanel
        label="History"
        list={versions.list}
        noun="version"
        failed="The history could not be loaded"
        hint={
          <span>Versions are of files. What visitors wrote (/data) is in none, and stays.</span>
        }
        skeleton={
          <SkeletonRows
            what="history"
            widths={["w-1/3", "w-2/5", "w-1/4", "w-1/2"]}
            className="h-[53px]"
          />
        }
        empty={
          <EmptyState icon={GitCommitHorizontal} title="No versions yet">
            Every run of agents and every save of a person becomes a version that can be restored.
          </EmptyState>
        }
      >
        {(rows) => (
          <ol>
            {rows.map((version, at) => (
              <VersionRow
                key={version.id}
                version={version}
                newest={at === 0}
                asked={version.id === asked}
                onRestore={restore.ask}
                onUndo={undo.ask}
              />
            ))}
          </ol>
        )}
      </ListPanel>
      {restore.about ? (
        <RestoreDialog version={restore.about} open={restore.open} onClose={restore.close} />
      ) : null}
      {undo.about ? (
        <UndoDialog version={undo.about} open={undo.open} onClose={undo.close} />
      ) : null}
    </Page>
  )
}

function useVersions(projectId: ReturnType<typeof useOpenProject>["id"], asked?: string) {
  const request = { params: { projectId }, query: { limit: 30 } }
  const list = useInfiniteQuery(readPages("GET /projects/{projectId}/versions", request))
  const known = itemsIn(list.data).some(({ id }) => id === asked)
  const more = list.hasNextPage && (list.data?.pages.length ?? 0) < soughtMax
  // A page that did not come is asked for again by a person only.
  const seek = asked !== undefined && !known && more && !list.isFetchNextPageError
  const next = seek && !list.isFetching
  const { fetchNextPage } = list
  useEffect(() => {
    if (next) void fetchNextPage()
  }, [next, fetchNextPage])
  return { list, missing: list.data !== undefined && !known && !seek }
}
