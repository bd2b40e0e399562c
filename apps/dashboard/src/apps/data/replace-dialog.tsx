"use client"
import { useMutation } from "@tanstack/react-query"
import type { IdOf } from "@vibecaas/contract/kinds"
import { useState } from "react"
import { ConfirmDialog } from "../../form/confirm-dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { replaceDatabase } from "./table-queries.ts"

interface ReplaceDialogProps {
  projectId: IdOf<"project">
  database: string
  open: boolean
  onClose(): void
}

/** Puts a file in the place of a database, once it was said what that means. */
export function ReplaceDialog({ projectId, database, open, onClose }: ReplaceDialogProps) {
  const [file, setFile] = useState<File>()
  const replace = useMutation(replaceDatabase)
  return (
    <ConfirmDialog
      open={open}
      title={`Replace ${database}?`}
      verb="Replace database"
      doing="Replacing database"
      kind="main"
      off={file ? undefined : "Choose a file first."}
      act={replace}
      onConfirm={async () => {
        if (!file) return
        await replace.mutateAsync({ params: { projectId }, query: { database }, bytes: file })
        onClose()
      }}
      onClose={onClose}
    >
      <Field label="SQLite database" help="At most 64 MB.">
        {(control) => (
          <input
            {...control}
            type="file"
            className="text-13"
            onChange={({ target }) => setFile(target.files?.[0])}
          />
        )}
      </Field>
      <ul className="grid list-disc gap-1.5 pl-4">
        <li>All that the app keeps in this database is replaced. The data are backed up first.</li>
        <li>The file is looked through before it is used; the app is restarted on it.</li>
      </ul>
    </ConfirmDialog>
  )
}
