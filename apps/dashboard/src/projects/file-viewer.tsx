"use client"
import { useQuery } from "@tanstack/react-query"
import type { FileEntry, Project } from "@vibecaas/contract/kinds/projects"
import { FileX } from "lucide-react"
import { useMemo } from "react"
import { read } from "../api/read.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { bytes, shortId } from "../ui/format.ts"
import { Panel } from "../ui/panel.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { VirtualList } from "../ui/virtual-list.tsx"

interface FileViewerProps {
  projectId: Project["id"]
  file: FileEntry
  commit: string
}

/** One file with line numbers, to read. */
export function FileViewer({ projectId, file, commit }: FileViewerProps) {
  const request = { params: { projectId }, query: { path: file.path, commit } }
  const { data, error, refetch } = useQuery({
    ...read("GET /projects/{projectId}/file", request),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Panel
      label={file.path}
      title={<span className="font-mono text-13 font-medium break-all">{file.path}</span>}
      end={
        <span className="text-12 text-fg-3">
          {bytes(file.size)}, commit <span className="mono">{shortId(commit)}</span>
        </span>
      }
    >
      {error ? (
        <ErrorPanel title="The file could not be loaded" error={error} onRetry={() => refetch()} />
      ) : data?.binary ? (
        <EmptyState icon={FileX} title="Not text">
          This file holds {bytes(file.size)} that are not text, so there are no lines to show.
        </EmptyState>
      ) : data ? (
        <Lines path={file.path} content={data.content} truncated={data.truncated} />
      ) : (
        <div className="grid gap-3 p-4">
          <Loading what={file.path} />
          {["w-2/5", "w-3/5", "w-1/2", "w-1/4", "w-2/3", "w-1/3"].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
      )}
    </Panel>
  )
}

interface LinesProps {
  path: string
  content: string
  truncated: boolean
}

/** height of a line of code, in `px`, as `--c-12` has it */
const linePx = 20

function Lines({ path, content, truncated }: LinesProps) {
  const lines = useMemo(() => content.replace(/\n$/, "").split("\n"), [content])
  const longest = useMemo(() => Math.max(...lines.map((line) => line.length)), [lines])
  return (
    <>
      <VirtualList
        label={`Text of ${path}`}
        items={lines}
        rowPx={linePx}
        keyOf={(_, at) => String(at)}
        // Beside the text: the number of the line and the room around it.
        width={`calc(${longest}ch + 64px)`}
        className="code max-h-[70vh] py-2"
      >
        {(line, at) => (
          <span className="code-line">
            <span className="n" aria-hidden="true">
              {at + 1}
            </span>
            {line || " "}
          </span>
        )}
      </VirtualList>
      {truncated ? (
        <p className="border-t border-line px-4 py-2 text-12 text-fg-3">
          The file is longer than what can be shown here.
        </p>
      ) : null}
    </>
  )
}
