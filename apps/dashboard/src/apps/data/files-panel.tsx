"use client"
import { useMutation } from "@tanstack/react-query"
import type { DataFiles } from "@vibecaas/contract/app-data"
import { dataFilesMax } from "@vibecaas/contract/app-data-limits"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { HardDrive, Trash2 } from "lucide-react"
import { problemOf } from "../../api/problem.ts"
import { ConfirmDialog } from "../../form/confirm-dialog.tsx"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { bytes, count, room } from "../../ui/format.ts"
import { Meter } from "../../ui/meter.tsx"
import { Note } from "../../ui/note.tsx"
import { Panel } from "../../ui/panel.tsx"
import { ReadBody } from "../../ui/read-body.tsx"
import { RelativeTime } from "../../ui/relative-time.tsx"
import { SkeletonRows } from "../../ui/skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../ui/table.tsx"
import { useAsked } from "../../ui/use-asked.ts"
import { removeDataFile, useDataFiles } from "./table-queries.ts"

interface FilesPanelProps {
  project: Project
  off: string | undefined
}

/** What takes the room on the app's disk, and the way to make some. */
export function FilesPanel({ project, off }: FilesPanelProps) {
  const files = useDataFiles(project.id)
  const { about, open, ask, close } = useAsked<string>()
  // The tables above say then what has to be done.
  if (!files.data && files.error && problemOf(files.error).code === "wrong_state") return null
  return (
    <Panel title="Disk">
      <ReadBody
        of={files}
        failed="The files could not be read"
        skeleton={<SkeletonRows what="files" widths={["w-40", "w-24"]} className="h-11" />}
      >
        {(data) => (
          <>
            <Use {...data} />
            {data.items.length === 0 ? (
              <EmptyState icon={HardDrive} title="No file">
                What the app writes to <span className="mono">/data</span> is kept here.
              </EmptyState>
            ) : (
              <FileTable items={data.items} off={off} onDelete={ask} />
            )}
          </>
        )}
      </ReadBody>
      {about === undefined ? null : (
        <DeleteDialog projectId={project.id} path={about} open={open} onClose={close} />
      )}
    </Panel>
  )
}

function Use({ files, bytes: used, bytesMax }: DataFiles) {
  const many = files === null ? "More files than were counted" : count(files, "file")
  const shown = files !== null && files <= dataFilesMax ? "" : `, the largest ${dataFilesMax} below`
  return (
    <div className="grid gap-2 border-b border-line px-4 py-3 text-13">
      <div className="flex flex-wrap justify-between gap-x-3">
        <span>
          {many}
          {shown}
        </span>
        <span className="text-fg-2 tabular-nums">
          {room(used)} of {room(bytesMax)} used
        </span>
      </div>
      <Meter
        label="Disk"
        used={used}
        limit={bytesMax}
        words={`${room(used)} of ${room(bytesMax)} used`}
      />
      {used > bytesMax ? (
        <Note tone="bad" title="The disk is full, and the app is kept from starting.">
          Delete what it does not need, or begin with a backup of before; then start the app again.
        </Note>
      ) : null}
    </div>
  )
}

interface FileTableProps {
  items: DataFiles["items"]
  off: string | undefined
  onDelete(path: string): void
}

function FileTable({ items, off, onDelete }: FileTableProps) {
  return (
    <div className="max-h-[40vh] overflow-auto">
      <Table aria-label="Files of the app">
        <TableHead>
          <HeadCell>File</HeadCell>
          <HeadCell className="w-28 text-right">Size</HeadCell>
          <HeadCell className="w-32 text-right">Changed</HeadCell>
          <HeadCell className="w-14">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <TableBody>
          {items.map(({ path, bytes: size, changedAt }) => (
            <Row key={path} className="max-md:grid-cols-[minmax(0,1fr)_auto_auto]">
              <Cell>
                <span className="mono block truncate" title={path}>
                  {path}
                </span>
              </Cell>
              <Cell className="text-right tabular-nums">{bytes(size)}</Cell>
              <Cell className="text-right text-fg-2 max-md:row-start-2 max-md:text-left max-md:text-12">
                <RelativeTime at={changedAt} />
              </Cell>
              <Cell className="text-right">
                <Button
                  kind="ghost"
                  size="sm"
                  icon
                  aria-label={`Delete ${path}`}
                  off={off}
                  onClick={() => onDelete(path)}
                >
                  <Trash2 aria-hidden="true" />
                </Button>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}

interface DeleteDialogProps {
  projectId: Project["id"]
  path: string
  open: boolean
  onClose(): void
}

function DeleteDialog({ projectId, path, open, onClose }: DeleteDialogProps) {
  const remove = useMutation(removeDataFile)
  return (
    <ConfirmDialog
      open={open}
      title={`Delete ${path}?`}
      verb="Delete file"
      doing="Deleting"
      act={remove}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { projectId }, query: { path } })
        onClose()
      }}
      onClose={onClose}
    >
      <p>
        What the app keeps in it is gone. Only a backup that was made before has it; you can make
        one first, below.
      </p>
    </ConfirmDialog>
  )
}
