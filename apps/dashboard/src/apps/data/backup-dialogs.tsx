"use client"
import { useMutation } from "@tanstack/react-query"
import type { Backup } from "@vibecaas/contract/backups"
import type { IdOf } from "@vibecaas/contract/kinds"
import { ConfirmDialog } from "../../form/confirm-dialog.tsx"
import { Form } from "../../form/form.tsx"
import { useForm } from "../../form/use-form.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogButtons } from "../../ui/dialog.tsx"
import { TextField } from "../../ui/field.tsx"
import { Minute } from "../../ui/relative-time.tsx"
import { askForBackup, deleteBackup, restoreBackup } from "./queries.ts"

interface DialogProps {
  open: boolean
  onClose(): void
}

/** Asks for a backup, with a note by which it is found again. */
export function AskDialog({ open, ...props }: DialogProps & { projectId: IdOf<"project"> }) {
  return (
    <Dialog open={open} onClose={props.onClose} title="Back up the app’s data">
      {open ? <AskForm {...props} /> : null}
    </Dialog>
  )
}

function AskForm({ projectId, onClose }: { projectId: IdOf<"project">; onClose(): void }) {
  const ask = useMutation(askForBackup)
  const form = useForm({
    values: { note: "" },
    body: ({ note }) => ({ note: note.trim() }),
    send: (body) => ask.mutateAsync({ params: { projectId }, body }),
    done: onClose,
  })
  return (
    <Form form={form} label="Back up the app’s data">
      <p>
        Everything in <span className="mono">/data</span> is packed as it is at one moment. The app
        stands still for as long as that takes.
      </p>
      <TextField
        label="Note"
        help="By which you find it again. It may stay empty."
        maxLength={200}
        {...form.text("note")}
      />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Asking for it" : undefined}>
          Back up
        </Button>
      </DialogButtons>
    </Form>
  )
}

/** Says what a restore means, and asks for it. */
export function RestoreDialog({ open, onClose, backup }: DialogProps & { backup: Backup }) {
  const restore = useMutation(restoreBackup)
  return (
    <ConfirmDialog
      open={open}
      title="Restore these data?"
      verb="Restore data"
      doing="Asking for restore"
      kind="main"
      act={restore}
      onConfirm={async () => {
        await restore.mutateAsync({ params: { backupId: backup.id } })
        onClose()
      }}
      onClose={onClose}
    >
      <ul className="grid list-disc gap-1.5 pl-4">
        <li>
          The app has its data as they were on <Minute at={backup.createdAt} />. What was written
          since is not in them.
        </li>
        <li>The present data are backed up first, so this can be taken back.</li>
        <li>
          Visitors wait until the app runs again. If it does not run on these data, the present ones
          come back.
        </li>
        <li>The app’s files stay as they are.</li>
      </ul>
    </ConfirmDialog>
  )
}

export function DeleteBackupDialog({ open, onClose, backup }: DialogProps & { backup: Backup }) {
  const remove = useMutation(deleteBackup)
  return (
    <ConfirmDialog
      open={open}
      title="Delete this backup?"
      verb="Delete backup"
      doing="Deleting backup"
      act={remove}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { backupId: backup.id } })
        onClose()
      }}
      onClose={onClose}
    >
      <p>The data in it are gone for good. The app’s own data are not touched.</p>
    </ConfirmDialog>
  )
}
