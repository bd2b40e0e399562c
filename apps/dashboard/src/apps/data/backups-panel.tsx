"use client"
import type { Backup } from "@vibecaas/contract/backups"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { DatabaseBackup } from "lucide-react"
import dynamic from "next/dynamic"
import { Button } from "../../ui/button.tsx"
import { buttonLook } from "../../ui/button-look.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { bytes } from "../../ui/format.ts"
import { ListPanel } from "../../ui/list-panel.tsx"
import { Minute, RelativeTime } from "../../ui/relative-time.tsx"
import { SkeletonRows } from "../../ui/skeleton.tsx"
import { State } from "../../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../ui/table.tsx"
import { useAsked } from "../../ui/use-asked.ts"
import { VersionLink } from "../version-link.tsx"
import { lookOf, offBecause, reasonWords } from "./backup-words.ts"
import { useBackups } from "./queries.ts"

const AskDialog = dynamic(() => import("./backup-dialogs.tsx").then((all) => all.AskDialog), {
  ssr: false,
})
const RestoreDialog = dynamic(
  () => import("./backup-dialogs.tsx").then((all) => all.RestoreDialog),
  { ssr: false },
)
const DeleteBackupDialog = dynamic(
  () => import("./backup-dialogs.tsx").then((all) => all.DeleteBackupDialog),
  { ssr: false },
)

type Asked = { what: "make" } | { what: "restore" | "delete"; backup: Backup }

interface BackupsPanelProps {
  project: Project
  /** why none can be made, restored or deleted */
  off: string | undefined
}

/** Copies of the app's data, and what can be done with them. */
export function BackupsPanel({ project, off }: BackupsPanelProps) {
  const { about, open, ask, close } = useAsked<Asked>()
  const dialog = { open, onClose: close }
  const button = (
    <Button size="sm" kind="main" off={off} onClick={() => ask({ what: "make" })}>
      Back up now
    </Button>
  )
  return (
    <>
      <ListPanel
        title="Backups"
        list={useBackups(project.id)}
        noun="backup"
        failed="The backups could not be loaded"
        hint={button}
        skeleton={<SkeletonRows what="backups" widths={["w-32", "w-24"]} className="h-[57px]" />}
        empty={
          <EmptyState icon={DatabaseBackup} title="No backups yet" action={button}>
            One is made by itself before another version, a restore or an import changes the data.
            Restoring a version of the files never touches them.
          </EmptyState>
        }
      >
        {(backups) => (
          <BackupTable
            backups={backups}
            off={off}
            onAsk={(what, backup) => ask({ what, backup })}
          />
        )}
      </ListPanel>
      {about?.what === "make" ? <AskDialog {...dialog} projectId={project.id} /> : null}
      {about?.what === "restore" ? <RestoreDialog {...dialog} backup={about.backup} /> : null}
      {about?.what === "delete" ? <DeleteBackupDialog {...dialog} backup={about.backup} /> : null}
    </>
  )
}

interface BackupTableProps {
  backups: readonly Backup[]
  off: string | undefined
  onAsk(what: "restore" | "delete", backup: Backup): void
}

function BackupTable({ backups, off, onAsk }: BackupTableProps) {
  return (
    <Table aria-label="Backups">
      <TableHead>
        <HeadCell>Backup</HeadCell>
        <HeadCell className="w-[16%]">Version</HeadCell>
        <HeadCell className="w-[12%]">Size</HeadCell>
        <HeadCell className="w-[20%]">State</HeadCell>
        <HeadCell className="w-64">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {backups.map((backup) => (
          <BackupRow key={backup.id} of={backup} off={off} onAsk={(what) => onAsk(what, backup)} />
        ))}
      </TableBody>
    </Table>
  )
}

interface BackupRowProps {
  of: Backup
  off: string | undefined
  onAsk(what: "restore" | "delete"): void
}

function BackupRow({ of: backup, off, onAsk }: BackupRowProps) {
  const { id, projectId, commit, reason, note, createdBy, createdAt } = backup
  const unusable = offBecause(backup)
  return (
    <Row>
      <Cell className="py-2 max-md:col-span-2">
        <span className="block font-medium [overflow-wrap:anywhere]">
          {note || reasonWords[reason]}
        </span>
        <span className="block text-12 text-fg-3 [overflow-wrap:anywhere]">
          {note ? `${reasonWords[reason]}, ` : ""}
          {createdBy}, <RelativeTime at={createdAt} />
        </span>
      </Cell>
      <Cell className="text-fg-2 max-md:text-12">
        {commit ? <VersionLink projectId={projectId} commit={commit} /> : "–"}
      </Cell>
      <Cell className="text-fg-2 tabular-nums max-md:text-right max-md:text-12">
        {backup.bytes === null ? "–" : bytes(backup.bytes)}
      </Cell>
      <Cell className="py-2 max-md:col-span-2">
        <State look={lookOf(backup)} />
        <Outcome of={backup} />
      </Cell>
      <Cell className="text-right max-md:col-span-2 max-md:pt-1! max-md:text-left">
        <span className="inline-flex flex-wrap justify-end gap-2">
          <Button size="sm" off={off ?? unusable} onClick={() => onAsk("restore")}>
            Restore
          </Button>
          {unusable ? null : (
            <a className={buttonLook({ size: "sm" })} href={`/api/v1/backups/${id}/archive`}>
              Download
            </a>
          )}
          <Button
            size="sm"
            off={off ?? (backup.state === "deleting" ? "It is being deleted." : undefined)}
            onClick={() => onAsk("delete")}
          >
            Delete
          </Button>
        </span>
      </Cell>
    </Row>
  )
}

function Outcome({ of: { failure, restoredAt, restoreFailure } }: { of: Backup }) {
  const said = failure ?? (restoreFailure ? `Not restored. ${restoreFailure}` : null)
  if (said) {
    return <span className="block text-12 text-fg-2 [overflow-wrap:anywhere]">{said}</span>
  }
  if (restoredAt === null) return null
  return (
    <span className="block text-12 text-fg-3">
      Restored <Minute at={restoredAt} />
    </span>
  )
}
