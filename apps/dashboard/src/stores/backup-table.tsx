"use client"
import type { StoreBackup } from "@vibecaas/contract/store"
import type { ReactNode } from "react"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { bytes } from "../ui/format.ts"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { DownloadBackup, NewStoreFrom, notWhole } from "./backup-actions.tsx"

export interface BackupColumn {
  title: string
  /** of its head */
  width?: string
  cell(backup: StoreBackup): ReactNode
}

export const madeColumn: BackupColumn = {
  title: "Made",
  width: "w-32",
  cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
}

interface BackupTableProps {
  label: string
  items: readonly StoreBackup[]
  /** what is told of each before its size */
  columns: readonly BackupColumn[]
  /** which one it is, for whoever does not see its row */
  nameOf(backup: StoreBackup): string
  /** what else can be done with one */
  more(backup: StoreBackup): ReactNode
}

/** Backups, each to be downloaded and to begin another store with. */
export function BackupTable({ label, items, columns, nameOf, more }: BackupTableProps) {
  const { offUnless } = useSession()
  const made = useAsked<StoreBackup>()
  const offNew = offUnless("store:create", "make stores")
  return (
    <>
      <Table aria-label={label}>
        <TableHead>
          {columns.map(({ title, width }) => (
            <HeadCell key={title} {...(width ? { className: width } : {})}>
              {title}
            </HeadCell>
          ))}
          <HeadCell className="w-28 text-right">Size</HeadCell>
          <HeadCell className="w-[270px]">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <TableBody>
          {items.map((backup) => (
            <Row key={backup.id}>
              {columns.map(({ title, cell }) => (
                <Cell key={title} className="text-fg-2">
                  {cell(backup)}
                </Cell>
              ))}
              <Cell className="text-right text-fg-2 tabular-nums">
                <span title={backup.checksum ?? undefined}>
                  {backup.bytes === null ? "–" : bytes(backup.bytes)}
                </span>
              </Cell>
              <Cell className="max-md:col-span-full">
                <div className="flex flex-wrap justify-end gap-1.5 max-md:justify-start">
                  <DownloadBackup backup={backup} name={`the backup of ${nameOf(backup)}`} />
                  <Button
                    size="sm"
                    off={offNew ?? notWhole(backup)}
                    aria-label={`New store from the backup of ${nameOf(backup)}`}
                    onClick={() => made.ask(backup)}
                  >
                    New store
                  </Button>
                  {more(backup)}
                </div>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      {made.about ? (
        <NewStoreFrom backup={made.about} open={made.open} onClose={made.close} />
      ) : null}
    </>
  )
}
