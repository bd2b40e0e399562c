"use client"
import { type ReactNode, useEffect } from "react"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { Form } from "./form.tsx"
import { useForm } from "./use-form.ts"

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
  const { onDelete, onClose, onDeleted } = on
  const first = `Type the ${noun}’s name first.`
  const form = useForm({
    values: { name: "" },
    body: (typed) => ({ name: typed.name.trim() }),
    send: (_, typed) => onDelete(typed.name.trim()),
    done: onDeleted,
    check: (typed) => ({ name: typed.name.trim() === name ? undefined : first }),
  })
  useEffect(() => {
    if (going && !form.pending) onDeleted()
  }, [going, form.pending, onDeleted])
  const matches = form.state.watch("name").trim() === name
  return (
    <Form form={form} label={`Delete ${name}`}>
      <p>{children} This cannot be undone.</p>
      <TextField
        label={
          <>
            Type <span className="mono font-semibold">{name}</span> to confirm
          </>
        }
        autoComplete="off"
        spellCheck={false}
        {...form.text("name")}
      />
      <DialogButtons onCancel={onClose}>
        <Button
          type="submit"
          kind="bad"
          off={matches ? undefined : first}
          busy={form.pending ? `Deleting ${noun}` : undefined}
        >
          Delete {noun}
        </Button>
      </DialogButtons>
    </Form>
  )
}
