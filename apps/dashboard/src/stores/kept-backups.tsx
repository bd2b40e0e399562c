"use client"
import type { StoreBackup } from "@vibecaas/contract/store"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Panel } from "../ui/panel.tsx"
import { Day } from "../ui/relative-time.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { DeleteBackup, UploadBackup } from "./backup-actions.tsx"
import { type BackupColumn, BackupTable, madeColumn } from "./backup-table.tsx"
import { backupReasons } from "./backup-words.ts"
import { useKeptBackups } from "./queries.ts"

/** Backups that no store has: the last ones of stores that are gone, and what people uploaded. */
export function KeptBackups() {
  const { data } = useKeptBackups()
  const { offUnless } = useSession()
  const removed = useAsked<StoreBackup>()
  const items = (data?.items ?? []).filter(({ keptUntil }) => keptUntil !== null)
  return (
    <Panel title="Backups without a store" end={<UploadBackup />}>
      {items.length === 0 ? (
        <p className="px-4 py-3 text-13 text-fg-3">
          None. The last backup of a deleted store is kept here for 30 days, and what you upload.
        </p>
      ) : (
        <BackupTable
          label="Backups without a store"
          {...{ items, columns, nameOf }}
          more={(backup) => (
            <Button
              size="sm"
              kind="bad-quiet"
              off={offUnless("store:delete", "delete backups")}
              aria-label={`Delete the backup of ${nameOf(backup)}`}
              onClick={() => removed.ask(backup)}
            >
              Delete
            </Button>
          )}
        />
      )}
      {removed.about ? (
        <DeleteBackup backup={removed.about} open={removed.open} onClose={removed.close} />
      ) : null}
    </Panel>
  )
}

const nameOf = ({ storeName, engine }: StoreBackup) => storeName || `an upload of ${engine}`

const columns: readonly BackupColumn[] = [
  {
    title: "Backup",
    cell: (backup) => (
      <>
        <span className="block truncate font-medium text-fg">{nameOf(backup)}</span>
        <span className="block truncate text-12 text-fg-3">
          {backupReasons[backup.reason]}, {backup.engine} {backup.version}
        </span>
      </>
    ),
  },
  madeColumn,
  {
    title: "Kept until",
    width: "w-32",
    cell: ({ keptUntil }) => (keptUntil ? <Day at={keptUntil} /> : null),
  },
]
