"use client"
import { useMutation } from "@tanstack/react-query"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { revealSecret } from "./queries.ts"
import type { SecretDialogProps } from "./value-dialog.tsx"

/** Shows a value to somebody who says why; it is forgotten when the dialog closes. */
export function RevealDialog({ secret, open, onClose }: SecretDialogProps) {
  const title = `Reveal ${secret.name}`
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      {open ? <Reveal secret={secret} onClose={onClose} title={title} /> : null}
    </Dialog>
  )
}

function Reveal({ secret, onClose, title }: Omit<SecretDialogProps, "open"> & { title: string }) {
  const [value, setValue] = useState<string>()
  const reveal = useMutation({ ...revealSecret, gcTime: 0 })
  const form = useForm<{ reason: string }, { value: string }>({
    values: { reason: "" },
    body: ({ reason }) => ({ reason: reason.trim() }),
    schema: () => schemaOf("POST /secrets/{secretId}/reveal"),
    send: (_, { reason }) =>
      reveal.mutateAsync({ params: { secretId: secret.id }, body: { reason: reason.trim() } }),
    done: (reply) => setValue(reply.value),
  })
  if (value !== undefined) {
    return (
      <>
        <CopyText label="Value" text={value} wraps />
        <div className="-mx-5 -mb-5 flex justify-end border-t border-line px-5 py-3">
          <Button kind="main" onClick={onClose}>
            Done
          </Button>
        </div>
      </>
    )
  }
  return (
    <Form form={form} label={title}>
      <TextField
        label="Why do you need it?"
        autoComplete="off"
        help="The activity has your name and this sentence, and never the value."
        {...form.text("reason")}
      />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Revealing" : undefined}>
          Reveal
        </Button>
      </DialogButtons>
    </Form>
  )
}
