"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store, StoreBackup } from "@vibecaas/contract/store"
import { Archive } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { bytes } from "../ui/format.ts"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useToast } from "../ui/toast.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { DownloadBackup, NewStoreFrom, notWhole, UploadBackup } from "./backup-actions.tsx"
import { backupLooks, backupReasons } from "./backup-words.ts"
import { backUpStore, restoreStore, useBackups } from "./queries.ts"
import { StoreDrills } from "./store-drills.tsx"
import { useStoreOff } from "./store-head.tsx"

/** Backups of a store's data, and the way back to each. */
export function StoreBackups({ store }: { store: Store }) {
  const backups = useBackups(store)
  const make = useMutation(backUpStore)
  const off = useStoreOff(store)
  const say = useToast()
  const { offUnless } = useSession()
  const restored = useAsked<StoreBackup>()
  const made = useAsked<StoreBackup>()
  const button = (
    <Button
      size="sm"
      kind="main"
      off={off("backup", "back stores up")}
      busy={make.isPending ? "Backing up" : undefined}
      onClick={() =>
        make.mutate(
          { params: { storeId: store.id } },
          {
            onError: (error) =>
              say({ glyph: "bad", title: "No backup was made", detail: problemOf(error).detail }),
          },
        )
      }
    >
      Back up now
    </Button>
  )
  return (
    <>
      <ReadBody
        of={backups}
        failed="The backups could not be read"
        skeleton={<SkeletonRows what="backups" widths={["w-24"]} className="h-[45px]" />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={Archive}
              title="No backups yet"
              action={
                <div className="flex flex-wrap justify-center gap-2">
                  {button}
                  <UploadBackup store={store} />
                </div>
              }
            >
              A backup has the store’s database and files. One is made before each upgrade.
            </EmptyState>
          ) : (
            <>
              <div className="flex flex-wrap justify-end gap-2 border-b border-line px-4 py-2">
                <UploadBackup store={store} />
                {button}
              </div>
              <BackupTable
                items={items}
                off={off("restore", "restore stores")}
                offNew={offUnless("store:create", "make stores")}
                onRestore={restored.ask}
                onNew={made.ask}
              />
              {restored.about ? (
                <Restore
                  store={store}
                  backup={restored.about}
                  open={restored.open}
                  onClose={restored.close}
                />
              ) : null}
              {made.about ? (
                <NewStoreFrom backup={made.about} open={made.open} onClose={made.close} />
              ) : null}
            </>
          )
        }
      </ReadBody>
      <StoreDrills store={store} />
    </>
  )
}

interface BackupTableProps {
  items: readonly StoreBackup[]
  off: string | undefined
  offNew: string | undefined
  onRestore(backup: StoreBackup): void
  onNew(backup: StoreBackup): void
}

function BackupTable({ items, off, offNew, onRestore, onNew }: BackupTableProps) {
  return (
    <Table aria-label="Backups">
      <TableHead>
        <HeadCell className="w-36">Made</HeadCell>
        <HeadCell>Why</HeadCell>
        <HeadCell className="w-32">State</HeadCell>
        <HeadCell className="w-28 text-right">Size</HeadCell>
        <HeadCell className="w-[270px]">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {items.map((backup) => (
          <Row key={backup.id}>
            <Cell>
              <RelativeTime at={backup.createdAt} />
            </Cell>
            <Cell className="text-fg-2">
              {backupReasons[backup.reason]}, {backup.version}, {backup.createdBy}
            </Cell>
            <Cell>
              <State look={backupLooks[backup.state]} />
            </Cell>
            <Cell className="text-right text-fg-2 tabular-nums">
              <span title={backup.checksum ?? undefined}>
                {backup.bytes === null ? "–" : bytes(backup.bytes)}
              </span>
            </Cell>
            <Cell>
              <div className="flex flex-wrap justify-end gap-1.5">
                <DownloadBackup
                  backup={backup}
                  name={`the backup of ${backup.createdAt.slice(0, 16).replace("T", " ")}`}
                />
                <Button size="sm" off={offNew ?? notWhole(backup)} onClick={() => onNew(backup)}>
                  New store
                </Button>
                <Button size="sm" off={off ?? notWhole(backup)} onClick={() => onRestore(backup)}>
                  Restore
                </Button>
              </div>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

interface RestoreProps {
  store: Store
  backup: StoreBackup
  open: boolean
  onClose(): void
}

function Restore({ store, backup, open, onClose }: RestoreProps) {
  const restore = useMutation(restoreStore)
  return (
    <ConfirmDialog
      open={open}
      title="Restore this backup?"
      verb="Restore backup"
      doing="Restoring backup"
      act={restore}
      onConfirm={async () => {
        await restore.mutateAsync({ params: { storeId: store.id }, body: { backupId: backup.id } })
        onClose()
      }}
      onClose={onClose}
    >
      <p>
        The data of <RelativeTime at={backup.createdAt} /> are put in place of what {store.name} has
        now. Orders since then are lost from the store; what is there now is backed up before.
      </p>
    </ConfirmDialog>
  )
}
