"use client"
import type { Store } from "@vibecaas/contract/store"
import { storeMay } from "@vibecaas/contract/store-states"
import { X } from "lucide-react"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Button } from "../ui/button.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { count } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { type BulkAction, type BulkResult, bulkActions, useBulk } from "./bulk.ts"

interface BulkBarProps {
  stores: readonly Store[]
  chosen: readonly Store[]
  /** which are chosen from now on */
  onChoose(ids: readonly string[]): void
}

/** What can be done to several stores at once, and of each that refused it, why. */
export function BulkBar({ stores, chosen, onChoose }: BulkBarProps) {
  const { offUnless } = useSession()
  const bulk = useBulk()
  const [deleting, setDeleting] = useState(false)
  useShortcut("escape", () => (chosen.length === 0 ? false : onChoose([])))
  const run = async (action: BulkAction, backup?: boolean) => {
    const { refused } = await bulk.run(action, {
      ...{ stores: chosen },
      ...(backup === undefined ? {} : { backup }),
    })
    onChoose(refused.map(({ store }) => store.id))
  }
  const off = (action: BulkAction) =>
    offUnless(action === "delete" ? "store:delete" : "store:operate", "change stores") ??
    (chosen.some(({ state }) => storeMay(state, action))
      ? undefined
      : "It makes sense for none of the chosen ones now.")
  return (
    <div className="grid gap-2 border-b border-line px-4 py-2">
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <Checkbox
          label={chosen.length === 0 ? "Select all" : `${count(chosen.length, "store")} selected`}
          checked={chosen.length === stores.length}
          onChange={(all) => onChoose(all ? stores.map(({ id }) => id) : [])}
        />
        {chosen.length > 0 ? (
          <div
            role="toolbar"
            aria-label="Selected stores"
            className="ml-auto flex flex-wrap gap-1.5"
          >
            {(["start", "stop", "backup"] as const).map((action) => (
              <Button
                key={action}
                size="sm"
                off={off(action)}
                busy={bulk.doing === action ? bulkActions[action].doing : undefined}
                onClick={() => void run(action)}
              >
                {bulkActions[action].verb}
              </Button>
            ))}
            <Button
              size="sm"
              kind="bad-quiet"
              off={off("delete")}
              busy={bulk.doing === "delete" ? "Deleting" : undefined}
              onClick={() => setDeleting(true)}
            >
              Delete
            </Button>
          </div>
        ) : null}
      </div>
      {bulk.result ? <Told result={bulk.result} onClose={bulk.forget} /> : null}
      <Dialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title={`Delete ${count(chosen.length, "store")}?`}
      >
        {deleting ? (
          <DeleteMany
            stores={chosen}
            onClose={() => setDeleting(false)}
            onDelete={(backup) => {
              setDeleting(false)
              void run("delete", backup)
            }}
          />
        ) : null}
      </Dialog>
    </div>
  )
}

function Told({ result, onClose }: { result: BulkResult; onClose(): void }) {
  const { action, asked, taken, refused } = result
  const title =
    action === "start" || action === "stop"
      ? `${taken} of ${asked} are being ${bulkActions[action].done}.`
      : `${taken} of ${asked} will be ${bulkActions[action].done}.`
  return (
    <div role={refused.length > 0 ? "alert" : "status"} className="flex items-start gap-2">
      <Note className="grow" tone={refused.length > 0 ? "warn" : "idle"} title={title}>
        {refused.length > 0 ? (
          <ul className="mt-1 grid gap-0.5">
            {refused.map(({ store, why }) => (
              <li key={store.id}>
                <b className="font-medium text-fg">{store.name}</b>: {why}
              </li>
            ))}
          </ul>
        ) : null}
      </Note>
      <Button kind="ghost" size="sm" icon aria-label="Close" onClick={onClose}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}

interface DeleteManyProps {
  stores: readonly Store[]
  onDelete(backup: boolean): void
  onClose(): void
}

/** Nobody types so many names: the number says that they were counted. */
function DeleteMany({ stores, onDelete, onClose }: DeleteManyProps) {
  const [typed, setTyped] = useState("")
  const [backup, setBackup] = useState(true)
  const matches = typed.trim() === String(stores.length)
  return (
    <form
      aria-label="Delete stores"
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (matches) onDelete(backup)
      }}
    >
      <p>All that these have is removed, and checked to be gone. This cannot be undone.</p>
      <ul className="max-h-40 list-disc overflow-auto pl-5 text-13">
        {stores.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      <Checkbox
        label="Keep a last backup of each"
        help="It can be downloaded for 30 days, and a new store can begin with its data."
        checked={backup}
        onChange={setBackup}
      />
      <TextField
        label={
          <>
            Type <span className="mono font-semibold">{stores.length}</span>, how many they are
          </>
        }
        autoComplete="off"
        inputMode="numeric"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <DialogButtons onCancel={onClose}>
        <Button
          type="submit"
          kind="bad"
          off={matches ? undefined : "Type how many they are first."}
        >
          Delete {count(stores.length, "store")}
        </Button>
      </DialogButtons>
    </form>
  )
}
