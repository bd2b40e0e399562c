"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store, StoreBackup } from "@vibecaas/contract/store"
import { Archive } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { useToast } from "../ui/toast.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { notWhole, UploadBackup } from "./backup-actions.tsx"
import { type BackupColumn, BackupTable, madeColumn } from "./backup-table.tsx"
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
  const restored = useAsked<StoreBackup>()
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
                label="Backups"
                {...{ items, columns, nameOf }}
                more={(backup) => (
                  <Button
                    size="sm"
                    off={off("restore", "restore stores") ?? notWhole(backup)}
                    onClick={() => restored.ask(backup)}
                  >
                    Restore
                  </Button>
                )}
              />
              {restored.about ? (
                <Restore
                  store={store}
                  backup={restored.about}
                  open={restored.open}
                  onClose={restored.close}
                />
              ) : null}
            </>
          )
        }
      </ReadBody>
      <StoreDrills store={store} />
    </>
  )
}

/** A backup has no name: the minute that it was made in tells it apart. */
const nameOf = ({ createdAt }: StoreBackup) => createdAt.slice(0, 16).replace("T", " ")

const columns: readonly BackupColumn[] = [
  madeColumn,
  {
    title: "Why",
    cell: ({ reason, version, createdBy }) => `${backupReasons[reason]}, ${version}, ${createdBy}`,
  },
  { title: "State", width: "w-32", cell: ({ state }) => <State look={backupLooks[state]} /> },
]

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
