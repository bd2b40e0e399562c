"use client"
import type { StoreBackup } from "@vibecaas/contract/store"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { bytes } from "../ui/format.ts"
import { Panel } from "../ui/panel.tsx"
import { Day, RelativeTime } from "../ui/relative-time.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { DeleteBackup, DownloadBackup, NewStoreFrom, UploadBackup } from "./backup-actions.tsx"
import { backupReasons } from "./backup-words.ts"
import { useKeptBackups } from "./queries.ts"

/** Backups that no store has: the last ones of stores that are gone, and what people uploaded. */
export function KeptBackups() {
  const { data } = useKeptBackups()
  const { offUnless } = useSession()
  const made = useAsked<StoreBackup>()
  const removed = useAsked<StoreBackup>()
  const items = (data?.items ?? []).filter(({ keptUntil }) => keptUntil !== null)
  return (
    <Panel title="Backups without a store" end={<UploadBackup />}>
      {items.length === 0 ? (
        <p className="px-4 py-3 text-13 text-fg-3">
          None. The last backup of a deleted store is kept here for 30 days, and what you upload.
        </p>
      ) : (
        <Table aria-label="Backups without a store">
          <TableHead>
            <HeadCell>Backup</HeadCell>
            <HeadCell className="w-28">Made</HeadCell>
            <HeadCell className="w-32">Kept until</HeadCell>
            <HeadCell className="w-24 text-right">Size</HeadCell>
            <HeadCell className="w-[270px]">
              <span className="sr-only">Actions</span>
            </HeadCell>
          </TableHead>
          <TableBody>
            {items.map((backup) => (
              <Row key={backup.id}>
                <Cell>
                  <span className="block truncate font-medium">{nameOf(backup)}</span>
                  <span className="block truncate text-12 text-fg-3">
                    {backupReasons[backup.reason]}, {backup.engine} {backup.version}
                  </span>
                </Cell>
                <Cell className="text-fg-2">
                  <RelativeTime at={backup.createdAt} />
                </Cell>
                <Cell className="text-fg-2">
                  {backup.keptUntil ? <Day at={backup.keptUntil} /> : null}
                </Cell>
                <Cell className="text-right text-fg-2 tabular-nums">
                  {backup.bytes === null ? "–" : bytes(backup.bytes)}
                </Cell>
                <Cell>
                  <div className="flex flex-wrap justify-end gap-1.5">
                    <DownloadBackup backup={backup} name={`the backup of ${nameOf(backup)}`} />
                    <Button
                      size="sm"
                      off={offUnless("store:create", "make stores")}
                      aria-label={`New store from the backup of ${nameOf(backup)}`}
                      onClick={() => made.ask(backup)}
                    >
                      New store
                    </Button>
                    <Button
                      size="sm"
                      kind="bad-quiet"
                      off={offUnless("store:delete", "delete backups")}
                      aria-label={`Delete the backup of ${nameOf(backup)}`}
                      onClick={() => removed.ask(backup)}
                    >
                      Delete
                    </Button>
                  </div>
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
      {made.about ? (
        <NewStoreFrom backup={made.about} open={made.open} onClose={made.close} />
      ) : null}
      {removed.about ? (
        <DeleteBackup backup={removed.about} open={removed.open} onClose={removed.close} />
      ) : null}
    </Panel>
  )
}

const nameOf = ({ storeName, engine }: StoreBackup) => storeName || `an upload of ${engine}`
