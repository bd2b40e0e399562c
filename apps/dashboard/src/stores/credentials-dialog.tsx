"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store } from "@vibecaas/contract/store"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { revealCredentials } from "./queries.ts"

interface CredentialsProps {
  store: Store
  open: boolean
  onClose(): void
}
type Shown = { items: { name: string; value: string }[] }

/** Shows how to sign in to somebody who says why; it is forgotten when the dialog closes. */
export function CredentialsDialog({ store, open, onClose }: CredentialsProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Sign in to ${store.name}`}>
      {open ? <Reveal store={store} onClose={onClose} /> : null}
    </Dialog>
  )
}

function Reveal({ store, onClose }: Omit<CredentialsProps, "open">) {
  const [shown, setShown] = useState<Shown>()
  const reveal = useMutation({ ...revealCredentials, gcTime: 0 })
  const form = useForm<{ reason: string }, Shown>({
    values: { reason: "" },
    body: ({ reason }) => ({ reason: reason.trim() }),
    schema: () => schemaOf("POST /stores/{storeId}/credentials/reveal"),
    send: (_, { reason }) =>
      reveal.mutateAsync({ params: { storeId: store.id }, body: { reason: reason.trim() } }),
    done: setShown,
  })
  if (shown) {
    return (
      <>
        {shown.items.map(({ name, value }) => (
          <CopyText key={name} label={name} text={value} wraps />
        ))}
        <div className="-mx-5 -mb-5 flex justify-end border-t border-line px-5 py-3">
          <Button kind="main" onClick={onClose}>
            Done
          </Button>
        </div>
      </>
    )
  }
  return (
    <Form form={form} label="Show how to sign in">
      <TextField
        label="Why do you need it?"
        help="Who read it and why is in the activity."
        autoComplete="off"
        {...form.text("reason")}
      />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Reading" : undefined}>
          Show
        </Button>
      </DialogButtons>
    </Form>
  )
}
