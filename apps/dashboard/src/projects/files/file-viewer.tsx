"use client"
import { useQuery } from "@tanstack/react-query"
import type { FileEntry } from "@vibecaas/contract/commits"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Copy, Download, FileX, Pencil, Trash2 } from "lucide-react"
import dynamic from "next/dynamic"
import { useMemo, useState } from "react"
import { read } from "../../api/read.ts"
import { Pieces } from "../../code/pieces.tsx"
import { useColoured } from "../../code/use-coloured.ts"
import { useSession } from "../../shell/session.tsx"
import { Button } from "../../ui/button.tsx"
import { buttonLook } from "../../ui/button-look.ts"
import { copyText } from "../../ui/copy.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorPanel } from "../../ui/error-panel.tsx"
import { bytes, shortId } from "../../ui/format.ts"
import { Panel } from "../../ui/panel.tsx"
import { Loading, Skeleton } from "../../ui/skeleton.tsx"
import { useToast } from "../../ui/toast.tsx"
import { useAsked } from "../../ui/use-asked.ts"
import { VirtualList } from "../../ui/virtual-list.tsx"

const FileEditor = dynamic(() => import("./file-editor.tsx").then((module) => module.FileEditor), {
  ssr: false,
})
const PathDialog = dynamic(() => import("./path-dialog.tsx").then((module) => module.PathDialog), {
  ssr: false,
})
const DeleteFileDialog = dynamic(
  () => import("./delete-file-dialog.tsx").then((module) => module.DeleteFileDialog),
  { ssr: false },
)

interface FileViewerProps {
  projectId: Project["id"]
  file: FileEntry
  commit: string
  /** all paths of the project */
  taken: readonly string[]
}

/** One file with line numbers, to read and to change. */
export function FileViewer(props: FileViewerProps) {
  const { projectId, file, commit } = props
  /** the commit that was shown as the change began: a later one is told of when it is saved */
  const [editing, setEditing] = useState<{ content: string; commit: string }>()
  const request = { params: { projectId }, query: { path: file.path, commit } }
  const { data, error, refetch } = useQuery({
    ...read("GET /projects/{projectId}/file", request),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const text = data && !data.binary && !data.truncated ? data.content : undefined
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
      {editing ? null : (
        <FileActions
          {...props}
          text={text}
          loading={data === undefined}
          onEdit={() => text !== undefined && setEditing({ content: text, commit })}
        />
      )}
      {editing ? (
        <FileEditor {...{ projectId, file, ...editing }} onClose={() => setEditing(undefined)} />
      ) : error ? (
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

interface FileActionsProps extends FileViewerProps {
  /** the whole text, when it is one and is here */
  text: string | undefined
  loading: boolean
  onEdit(): void
}

function FileActions(props: FileActionsProps) {
  const { projectId, file, commit, taken, text, loading, onEdit } = props
  const { offUnless } = useSession()
  const say = useToast()
  const rename = useAsked<true>()
  const remove = useAsked<true>()
  const off = offUnless("project:update", "change files")
  const waits = loading && "It is being loaded."
  const noText = waits || (text === undefined && "Only whole texts can be changed here.")
  const { path } = file
  const copy = async () => {
    if (text === undefined || !(await copyText(text))) return
    say({ glyph: "done", title: `Copied ${path}` })
  }
  const raw = `/api/v1/projects/${projectId}/raw?${new URLSearchParams({ path, commit })}`
  return (
    <div className="flex flex-wrap items-center gap-1 border-b border-line px-3 py-1.5">
      <Button kind="ghost" size="sm" off={off ?? noText} onClick={onEdit}>
        <Pencil aria-hidden="true" />
        Edit
      </Button>
      <Button kind="ghost" size="sm" off={off ?? noText} onClick={() => rename.ask(true)}>
        Rename
      </Button>
      <Button kind="ghost" size="sm" off={off} onClick={() => remove.ask(true)}>
        <Trash2 aria-hidden="true" />
        Delete
      </Button>
      <Button kind="ghost" size="sm" off={noText} onClick={copy}>
        <Copy aria-hidden="true" />
        Copy
      </Button>
      <a href={raw} download className={buttonLook({ kind: "ghost", size: "sm" })}>
        <Download aria-hidden="true" />
        Download
      </a>
      {rename.about ? (
        <PathDialog
          key={`rename ${rename.open}`}
          {...{ projectId, taken, commit }}
          renames={path}
          open={rename.open}
          onClose={rename.close}
        />
      ) : null}
      {remove.about ? (
        <DeleteFileDialog
          {...{ projectId, path, commit }}
          open={remove.open}
          onClose={remove.close}
        />
      ) : null}
    </div>
  )
}

interface LinesProps {
  path: string
  content: string
  truncated: boolean
}

/** height of a line of code, in `px`, as `--c-12` has it */
const linePx = 20

const lengthOfLongest = (text: string) =>
  text.split("\n").reduce((longest, line) => Math.max(longest, line.length), 0)

function Lines({ path, content, truncated }: LinesProps) {
  const text = useMemo(() => content.replace(/\n$/, ""), [content])
  const longest = useMemo(() => lengthOfLongest(text), [text])
  const lines = useColoured(path, text)
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
            <Pieces line={line} />
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
