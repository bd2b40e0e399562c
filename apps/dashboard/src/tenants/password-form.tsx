"use client"
import type { ReactNode } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"

interface PasswordFormProps {
  verb: string
  doing: string
  kind?: "main" | "bad"
  route: Parameters<typeof schemaOf>[0]
  send(body: { password: string }): Promise<void>
  onCancel(): void
  /** what it means */
  children: ReactNode
}

/** Asks in a dialog for the password of who is signed in, before something of their account is changed. */
export function PasswordForm(props: PasswordFormProps) {
  const { verb, doing, kind = "main", route, send, onCancel, children } = props
  const { me } = useSession()
  const form = useForm({
    values: { password: "" },
    body: (typed) => typed,
    schema: () => schemaOf(route),
    send: (_, body) => send(body),
  })
  return (
    <Form form={form} label={verb}>
      <p>{children}</p>
      <input type="hidden" name="username" autoComplete="username" value={me.email} readOnly />
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        {...form.text("password")}
      />
      <DialogButtons onCancel={onCancel}>
        <Button type="submit" kind={kind} busy={form.pending ? doing : undefined}>
          {verb}
        </Button>
      </DialogButtons>
    </Form>
  )
}
