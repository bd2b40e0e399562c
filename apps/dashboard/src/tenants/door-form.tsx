"use client"
import { useQueryClient } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import type { ReactNode } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { type Form as FormOf, useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { PasswordField as CoveredField } from "../ui/password-field.tsx"

export interface Credentials {
  name?: string
  email: string
  password: string
}

interface DoorOptions<Reply> {
  route: "POST /auth/sign-in/email" | "POST /auth/sign-up/email"
  send(credentials: Credentials): Promise<Reply>
  /** whether nobody is signed in yet, and something else follows */
  goesOn?(reply: Reply): boolean
  /** where to go then */
  next: string
}

/**
 * A form of the door. Its fields keep their own values: somebody who is fast types before the script
 * runs, and a value that the script brings would replace that with nothing.
 */
export function useDoorForm<Reply>(options: DoorOptions<Reply>): FormOf<Credentials> {
  const { route, send, next, goesOn } = options
  const client = useQueryClient()
  const router = useRouter()
  return useForm<Credentials, Reply>({
    body: trimmed,
    schema: () => schemaOf(route),
    send: (_, typed) => send(trimmed(typed)),
    done: (reply) => {
      client.clear()
      if (goesOn?.(reply)) return
      router.replace(next)
    },
    leaves: true,
  })
}

function trimmed({ name, email, password }: Credentials): Credentials {
  return { ...(name === undefined ? {} : { name: name.trim() }), email: email.trim(), password }
}

interface DoorFormProps {
  /** names the form and its button, e.g. "Sign in" */
  verb: string
  /** what is being done, e.g. "Signing in" */
  doing: string
  form: FormOf<Credentials>
  children: ReactNode
}

export function DoorForm({ verb, doing, form, children }: DoorFormProps) {
  return (
    <Form form={form} label={verb} className="gap-5">
      {children}
      <Button type="submit" kind="main" size="lg" busy={form.pending ? doing : undefined}>
        {verb}
      </Button>
    </Form>
  )
}

interface CredentialProps {
  form: FormOf<Credentials>
}

interface EmailProps extends CredentialProps {
  autoFocus?: boolean
  /** whether the browser offers passkeys in it */
  passkeys?: boolean
}

/** The address a person signs in with. */
export function EmailField({ form, passkeys, ...rest }: EmailProps) {
  return (
    <TextField
      large
      label="Email"
      type="email"
      autoComplete={passkeys ? "username webauthn" : "username"}
      {...rest}
      {...form.text("email")}
    />
  )
}

interface PasswordProps extends CredentialProps {
  /** whether it exists already; password managers fill in the one and offer to make the other */
  kind: "current" | "new"
  help?: string | undefined
}

export function PasswordField({ form, kind, help }: PasswordProps) {
  return (
    <CoveredField
      large
      label="Password"
      autoComplete={`${kind}-password`}
      help={help}
      {...form.text("password")}
    />
  )
}
