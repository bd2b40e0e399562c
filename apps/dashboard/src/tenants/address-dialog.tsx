"use client"
import { useState } from "react"
import { call } from "../api/call.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useMailStandIn } from "../shell/platform.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"

interface AddressDialogProps {
  /** the address that is to be confirmed; another one is asked for without it */
  email: string | undefined
  open: boolean
  onClose(): void
}

/** Has a mail sent whose link makes an address the person's. */
export function AddressDialog({ email, open, onClose }: AddressDialogProps) {
  const [sent, setSent] = useState<string>()
  const close = () => {
    onClose()
    setSent(undefined)
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title={email === undefined ? "Change your address" : "Confirm your address"}
      footer={sent === undefined ? null : <Button onClick={close}>Done</Button>}
    >
      {sent === undefined ? (
        open && <AddressForm email={email} onCancel={close} onSent={setSent} />
      ) : (
        <Sent to={sent} />
      )}
    </Dialog>
  )
}

interface AddressFormProps {
  email: string | undefined
  onCancel(): void
  onSent(to: string): void
}

function AddressForm({ email, onCancel, onSent }: AddressFormProps) {
  const form = useForm({
    values: { email: email ?? "", password: "" },
    body: ({ email, password }) => ({ email: email.trim(), password }),
    schema: () => schemaOf("POST /auth/address"),
    send: (_, { email, password }) =>
      call("POST /auth/address", { body: { email: email.trim(), password } }),
    done: () => onSent(form.state.getValues("email").trim()),
  })
  return (
    <Form form={form} label="Have a mail sent">
      <p>
        A mail goes to the address. Nothing changes before its link is opened
        {email === undefined ? "; then your other sessions end, and the old address is told." : "."}
      </p>
      {email === undefined ? (
        <TextField label="New address" type="email" autoComplete="email" {...form.text("email")} />
      ) : null}
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        {...form.text("password")}
      />
      <DialogButtons onCancel={onCancel}>
        <Button type="submit" kind="main" busy={form.pending ? "Sending" : undefined}>
          Send mail
        </Button>
      </DialogButtons>
    </Form>
  )
}

function Sent({ to }: { to: string }) {
  const noMail = useMailStandIn()
  return (
    <>
      <p className="[overflow-wrap:anywhere]">
        A mail is on its way to {to}. Its link works for an hour.
      </p>
      {noMail ? (
        <Note tone="warn" title="No mail server is set up here.">
          Administrators of this server read the mail on the page Platform.
        </Note>
      ) : null}
    </>
  )
}
