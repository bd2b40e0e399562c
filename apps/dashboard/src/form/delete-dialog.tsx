"use client"
import type { ReactNode } from "react"
import { Dialog } from "../ui/dialog.tsx"
import { TypedNameForm } from "./typed-name-form.tsx"

interface DeleteFormProps {
  /** what it is, e.g. "project" */
  noun: string
  name: string
  /** it is on its way out, whoever asked for that */
  going: boolean
  /** what goes with it */
  children: ReactNode
  onDelete(typed: string): Promise<unknown>
  onClose(): void
  onDeleted(): void
}

/** Asks for the name to be typed, then deletes. */
export function DeleteDialog({ open, ...form }: DeleteFormProps & { open: boolean }) {
  return (
    <Dialog open={open} onClose={form.onClose} title={`Delete ${form.name}?`}>
      {open ? <DeleteForm {...form} /> : null}
    </Dialog>
  )
}

function DeleteForm({ noun, name, going, children, ...on }: DeleteFormProps) {
  return (
    <TypedNameForm
      {...{ noun, name, over: going, onClose: on.onClose }}
      label={`Delete ${name}`}
      words={{ do: `Delete ${noun}`, doing: `Deleting ${noun}` }}
      onSend={on.onDelete}
      onDone={on.onDeleted}
    >
      <p>{children} This cannot be undone.</p>
    </TypedNameForm>
  )
}
