"use client"
import { useQueryClient } from "@tanstack/react-query"
import type { SecondStepBegun } from "@vibecaas/contract/second-step"
import { useState } from "react"
import { call } from "../api/call.ts"
import { readAgain } from "../api/touch.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { useToast } from "../ui/toast.tsx"
import { PasswordForm } from "./password-form.tsx"
import { QrCode } from "./qr-code.tsx"
import { RecoveryCodes } from "./recovery-codes.tsx"

interface StepDialogProps {
  open: boolean
  onClose(): void
}

/** Escape and a click beside a dialog close it, but none that shows what is shown only once. */
const stays = () => undefined

/** Password, then the key for the app with a code of it, then recovery codes. */
export function TurnOnDialog({ open, onClose }: StepDialogProps) {
  const [begun, setBegun] = useState<SecondStepBegun>()
  const [on, setOn] = useState(false)
  const renew = useRenew()
  const close = () => {
    onClose()
    setBegun(undefined)
    setOn(false)
  }
  return (
    <Dialog
      open={open}
      onClose={on ? stays : close}
      title={on ? "Keep your recovery codes" : "Turn on the second step"}
    >
      {open && !begun ? (
        <PasswordForm
          verb="Continue"
          doing="Continuing"
          route="POST /auth/second-step/begin"
          onCancel={close}
          send={async (body) => setBegun(await call("POST /auth/second-step/begin", { body }))}
        >
          You need an authenticator app, for example the one in your password manager.
        </PasswordForm>
      ) : null}
      {begun && !on ? (
        <ConfirmForm
          begun={begun}
          onCancel={close}
          onDone={() => {
            setOn(true)
            renew()
          }}
        />
      ) : null}
      {begun && on ? <RecoveryCodes codes={begun.recoveryCodes} onDone={close} /> : null}
    </Dialog>
  )
}

interface ConfirmFormProps {
  begun: SecondStepBegun
  onCancel(): void
  onDone(): void
}

function ConfirmForm({ begun, onCancel, onDone }: ConfirmFormProps) {
  const form = useForm({
    values: { code: "" },
    body: (typed) => typed,
    schema: () => schemaOf("POST /auth/second-step/confirm"),
    send: (_, body) => call("POST /auth/second-step/confirm", { body }),
    done: onDone,
  })
  return (
    <Form form={form} label="Confirm the app">
      <p>Scan this with the app, or type the key into it.</p>
      <QrCode text={begun.address} label="QR code for the authenticator app" />
      <CopyText label="Key" text={begun.key} wraps />
      <TextField
        label="Code that the app shows"
        autoComplete="one-time-code"
        inputMode="numeric"
        {...form.text("code")}
      />
      <DialogButtons onCancel={onCancel}>
        <Button type="submit" kind="main" busy={form.pending ? "Turning on" : undefined}>
          Turn on
        </Button>
      </DialogButtons>
    </Form>
  )
}

/** Other recovery codes in place of those before. */
export function NewCodesDialog({ open, onClose }: StepDialogProps) {
  const [codes, setCodes] = useState<readonly string[]>()
  const renew = useRenew()
  const close = () => {
    onClose()
    setCodes(undefined)
  }
  const send = async (body: { password: string }) => {
    const made = await call("POST /auth/second-step/recovery-codes", { body })
    setCodes(made.recoveryCodes)
    renew()
  }
  return (
    <Dialog
      open={open}
      onClose={codes ? stays : close}
      title={codes ? "Keep your recovery codes" : "Get new recovery codes?"}
    >
      {open && !codes ? (
        <PasswordForm
          verb="Get new codes"
          doing="Making codes"
          route="POST /auth/second-step/recovery-codes"
          onCancel={close}
          send={send}
        >
          Those that you have kept so far open nothing more.
        </PasswordForm>
      ) : null}
      {codes ? <RecoveryCodes codes={codes} onDone={close} /> : null}
    </Dialog>
  )
}

/** Back to the password alone. */
export function TurnOffDialog({ open, onClose }: StepDialogProps) {
  const say = useToast()
  const renew = useRenew()
  const send = async (body: { password: string }) => {
    await call("POST /auth/second-step/end", { body })
    renew()
    say({ glyph: "done", title: "The second step is off" })
    onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title="Turn off the second step?">
      {open ? (
        <PasswordForm
          verb="Turn off"
          doing="Turning off"
          kind="bad"
          route="POST /auth/second-step/end"
          onCancel={onClose}
          send={send}
        >
          Whoever knows your password can sign in as you then. Your recovery codes open nothing
          more, and you get a mail about it.
        </PasswordForm>
      ) : null}
    </Dialog>
  )
}

/** The session is another one then, so it is read again, too. */
function useRenew() {
  const client = useQueryClient()
  return () => {
    readAgain(client, "GET /auth/second-step")
    readAgain(client, "GET /auth/sessions")
  }
}
