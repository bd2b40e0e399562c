"use client"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { ApiError } from "@vibecaas/contract/client"
import type { Passkey } from "@vibecaas/contract/passkey"
import { act } from "../api/act.ts"
import { readAgain } from "../api/touch.ts"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { useToast } from "../ui/toast.tsx"
import { agentInWords } from "./agent-words.ts"
import { addPasskey, passkeyProblem } from "./passkey-browser.ts"

interface DialogProps {
  open: boolean
  onClose(): void
}

/** Asks for the password, then has the browser make a passkey. */
export function AddPasskeyDialog({ open, onClose }: DialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Add a passkey">
      {open ? <AddForm onClose={onClose} /> : null}
    </Dialog>
  )
}

function AddForm({ onClose }: { onClose(): void }) {
  const client = useQueryClient()
  const { me } = useSession()
  const say = useToast()
  const form = useForm({
    values: { name: agentInWords(navigator.userAgent), password: "" },
    body: ({ password }) => ({ password }),
    schema: () => schemaOf("POST /auth/passkeys/begin"),
    check: ({ name }) => ({ name: name.trim() === "" ? "Enter a name." : undefined }),
    send: async (_, { name, password }) => {
      try {
        return await addPasskey({ name: name.trim(), password })
      } catch (error) {
        throw error instanceof ApiError ? error : new ApiError(passkeyProblem(error))
      }
    },
    done: ({ name }) => {
      readAgain(client, "GET /auth/passkeys")
      say({ glyph: "done", title: "Passkey added", detail: name })
      onClose()
    },
  })
  return (
    <Form form={form} label="Add passkey">
      <p>
        Your device asks who you are and keeps the passkey. You get a mail about it. Other ways to
        sign in stay.
      </p>
      <TextField
        label="Name"
        help="By which you know it again."
        maxLength={60}
        {...form.text("name")}
      />
      <input type="hidden" name="username" autoComplete="username" value={me.email} readOnly />
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        {...form.text("password")}
      />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Adding" : undefined}>
          Add passkey
        </Button>
      </DialogButtons>
    </Form>
  )
}

type OneProps = DialogProps & { passkey: Passkey }

const renews = ["GET /auth/passkeys"] as const
const rename = act("PATCH /auth/passkeys/{passkeyId}", { renews })
const remove = act("DELETE /auth/passkeys/{passkeyId}", { renews })

export function RenamePasskeyDialog({ open, onClose, passkey }: OneProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Rename the passkey">
      {open ? <RenameForm onClose={onClose} passkey={passkey} /> : null}
    </Dialog>
  )
}

function RenameForm({ onClose, passkey }: Omit<OneProps, "open">) {
  const { mutateAsync } = useMutation(rename)
  const form = useForm({
    values: { name: passkey.name },
    body: ({ name }) => ({ name: name.trim() }),
    schema: () => schemaOf("PATCH /auth/passkeys/{passkeyId}"),
    send: (_, { name }) =>
      mutateAsync({ params: { passkeyId: passkey.id }, body: { name: name.trim() } }),
    done: onClose,
  })
  return (
    <Form form={form} label="Rename passkey">
      <TextField label="Name" {...form.text("name")} />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Renaming" : undefined}>
          Rename
        </Button>
      </DialogButtons>
    </Form>
  )
}

export function RemovePasskeyDialog({ open, onClose, passkey }: OneProps) {
  const removing = useMutation(remove)
  const params = { passkeyId: passkey.id }
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Remove ${passkey.name}?`}
      verb="Remove"
      doing="Removing"
      act={removing}
      onConfirm={() => removing.mutateAsync({ params }).then(onClose)}
    >
      <p>
        It signs in as you no more. Where you are signed in you stay so, and your device may still
        show it until you delete it there.
      </p>
    </ConfirmDialog>
  )
}
