"use client"
import { useQuery } from "@tanstack/react-query"
import type { FileEntry } from "@vibecaas/contract/commits"
import { FileX } from "lucide-react"
import { read } from "../../api/read.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorPanel } from "../../ui/error-panel.tsx"
import { Page } from "../../ui/page-head.tsx"
import { Panel } from "../../ui/panel.tsx"
import { Loading, Skeleton } from "../../ui/skeleton.tsx"
import { NotLive } from "../history/not-live.tsx"
import { useOpenProject } from "../project-frame.tsx"
import { FileTree } from "./file-tree-view.tsx"
import { FileViewer } from "./file-viewer.tsx"
import { FilesBar } from "./files-bar.tsx"

/** The project's files at its newest commit, to read. */
export function FilesScreen({ path }: { path: string | undefined }) {
  const project = useOpenProject()
  const params = { projectId: project.id }
  const files = useQuery(read("GET /projects/{projectId}/files", { params }))
  if (files.error && !files.data) {
    return (
      <Page>
        <Panel label="Files">
          <ErrorPanel
            title="The files could not be loaded"
            error={files.error}
            onRetry={() => files.refetch()}
          />
        </Panel>
      </Page>
    )
  }
  if (!files.data) return <FilesSkeleton />
  const { items, commit } = files.data
  if (items.length === 0 || commit === null) {
    return (
      <Page>
        <FilesBar projectId={project.id} taken={[]} commit={null} />
        <Panel label="Files">
          <EmptyState icon={FileX} title="No files yet">
            The agents write them here; each change is a commit.
          </EmptyState>
        </Panel>
      </Page>
    )
  }
  const taken = items.map((file) => file.path)
  const open = path === undefined ? defaultFile(items) : items.find((file) => file.path === path)
  return (
    <Page>
      <FilesBar {...{ projectId: project.id, taken, commit }} />
      <NotLive commit={commit} />
      <div className="grid grid-cols-[260px_minmax(0,1fr)] items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <FileTree projectId={project.id} files={items} open={open?.path} />
        {open ? (
          <FileViewer key={open.path} {...{ projectId: project.id, file: open, commit, taken }} />
        ) : (
          <Panel label="File">
            <EmptyState icon={FileX} title="There is no such file">
              <span className="mono break-all">{path}</span> is not in the newest commit. The
              history shows when it was removed.
            </EmptyState>
          </Panel>
        )}
      </div>
    </Page>
  )
}

function defaultFile(files: readonly FileEntry[]): FileEntry | undefined {
  return (
    files.find(({ path }) => /^readme/i.test(path)) ??
    files.find(({ path }) => !path.includes("/")) ??
    files[0]
  )
}

function FilesSkeleton() {
  return (
    <Page>
      <Loading what="files" />
      <div className="grid grid-cols-[260px_minmax(0,1fr)] gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <div className="grid gap-4 rounded-3 border border-line p-4">
          {["w-1/2", "w-2/3", "w-2/5", "w-3/5", "w-1/3"].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
        <Skeleton className="h-80 rounded-3" />
      </div>
    </Page>
  )
}
