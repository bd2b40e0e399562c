"use client"
import { useQuery } from "@tanstack/react-query"
import type { FileEntry } from "@vibecaas/contract/kinds/projects"
import { File, FileX, Folder, Search } from "lucide-react"
import Link from "next/link"
import { useMemo, useState } from "react"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { inputLook } from "../ui/field.tsx"
import { bytes, count } from "../ui/format.ts"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { treeLines } from "./file-tree.ts"
import { FileViewer } from "./file-viewer.tsx"
import { useOpenProject } from "./project-frame.tsx"

/** lines of the tree before the rest has to be asked for */
const linesMax = 300

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
        <Panel label="Files">
          <EmptyState icon={FileX} title="No files yet">
            The agents write them here; each change is a commit.
          </EmptyState>
        </Panel>
      </Page>
    )
  }
  const open = path === undefined ? defaultFile(items) : items.find((file) => file.path === path)
  return (
    <Page>
      <div className="grid grid-cols-[260px_minmax(0,1fr)] items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <Tree projectId={project.id} files={items} open={open?.path} />
        {open ? (
          <FileViewer key={open.path} projectId={project.id} file={open} commit={commit} />
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

interface TreeProps {
  projectId: string
  files: readonly FileEntry[]
  open: string | undefined
}

function Tree({ projectId, files, open }: TreeProps) {
  const { paths } = useSession()
  const [text, setText] = useState("")
  const [all, setAll] = useState(false)
  const wanted = text.trim().toLowerCase()
  const lines = useMemo(
    () => treeLines(files.filter(({ path }) => path.toLowerCase().includes(wanted))),
    [files, wanted],
  )
  const shown = all ? lines : lines.slice(0, linesMax)
  return (
    <Panel label="Files" footer={count(files.length, "file")}>
      <div className="relative border-b border-line p-2">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-4 size-3.5 -translate-y-1/2 text-fg-3"
        />
        <input
          type="search"
          aria-label="Filter files"
          placeholder="Filter files"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={cn(inputLook, "h-7 rounded-2 pl-7 text-13")}
        />
      </div>
      <ul className="max-h-[60vh] overflow-y-auto p-1 text-13 max-lg:max-h-72">
        {shown.map(({ depth, name, file, path }) => (
          <li key={path} style={{ paddingLeft: depth * 14 }}>
            {file ? (
              <Link
                href={paths.file(projectId, path)}
                aria-current={path === open ? "page" : undefined}
                className={cn(
                  "flex h-7 items-center gap-2 rounded-2 px-2 text-fg-2 outline-offset-[-2px] hover:bg-hover hover:text-fg",
                  path === open && "bg-accent-soft font-medium text-fg hover:bg-accent-soft",
                )}
              >
                <File aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
                <span className="truncate">{name}</span>
                <span className="sr-only">, {bytes(file.size)}</span>
              </Link>
            ) : (
              <span className="flex h-7 items-center gap-2 px-2 text-fg-3">
                <Folder aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
                <span className="truncate">{name}</span>
              </span>
            )}
          </li>
        ))}
        {lines.length === 0 ? <li className="px-2 py-1 text-fg-3">No file matches.</li> : null}
      </ul>
      {shown.length < lines.length ? (
        <div className="border-t border-line p-2">
          <Button size="sm" onClick={() => setAll(true)}>
            Show all {lines.length} lines
          </Button>
        </div>
      ) : null}
    </Panel>
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
