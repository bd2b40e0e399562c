"use client"
import { useQuery } from "@tanstack/react-query"
import type { FileEntry, Project } from "@vibecaas/contract/kinds/projects"
import { FileX } from "lucide-react"
import { useState } from "react"
import { read } from "../api/read.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { bytes, count } from "../ui/format.ts"
import { Panel } from "../ui/panel.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"

/** lines before the rest has to be asked for */
const linesMax = 2000

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
          {bytes(file.size)}, commit <span className="mono">{commit.slice(0, 7)}</span>
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

function Lines({ path, content, truncated }: LinesProps) {
  const [all, setAll] = useState(false)
  const lines = content.replace(/\n$/, "").split("\n")
  const shown = all ? lines : lines.slice(0, linesMax)
  return (
    <>
      <figure
        aria-label={`Text of ${path}`}
        className="code max-h-[70vh] py-2"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div className="code-lines">
          {shown.map((line, at) => (
            <span key={`${at + 1}`} className="code-line">
              <span className="n" aria-hidden="true">
                {at + 1}
              </span>
              {line || " "}
            </span>
          ))}
        </div>
      </figure>
      {truncated || shown.length < lines.length ? (
        <div className="flex items-center gap-3 border-t border-line px-4 py-2 text-12 text-fg-3">
          {shown.length < lines.length ? (
            <Button size="sm" onClick={() => setAll(true)}>
              Show {count(lines.length - shown.length, "more line")}
            </Button>
          ) : null}
          {truncated ? "The file is longer than what can be shown here." : null}
        </div>
      ) : null}
    </>
  )
}
