"use client"
import { type FormEvent, type ReactNode, useEffect, useRef } from "react"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { AuthNotice } from "./auth-notice.tsx"
import type { AuthField, useAuthForm } from "./use-auth-form.ts"

interface DoorFormProps {
  /** names the form and its button, e.g. "Sign in" */
  verb: string
  /** what is being done, e.g. "Signing in" */
  doing: string
  form: ReturnType<typeof useAuthForm>
  /** `typed` gives what a field holds now */
  onSubmit(typed: (field: AuthField) => string): void
  children: ReactNode
}

/**
 * A form of the door: what was refused above its fields, the button below; a wrong field gets the
 * focus. Its fields keep their own values: somebody who is fast types before the script runs, and
 * a value that the script keeps would replace that with nothing.
 */
export function DoorForm({ verb, doing, form, onSubmit, children }: DoorFormProps) {
  const element = useRef<HTMLFormElement>(null)
  const { faults } = form
  useEffect(() => {
    if (!Object.values(faults).some(Boolean)) return
    element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus()
  }, [faults])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    onSubmit((field) => String(values.get(field) ?? ""))
  }
  return (
    <form
      ref={element}
      // Sent before the script runs, it must not put a password into the address.
      method="post"
      onSubmit={submit}
      aria-label={verb}
      noValidate
      className="grid gap-5"
    >
      <AuthNotice problem={form.problem} />
      {children}
      <Button type="submit" kind="main" size="lg" busy={form.pending ? doing : undefined}>
        {verb}
      </Button>
    </form>
  )
}

interface CredentialProps {
  error: string | undefined
}

/** The address a person signs in with. */
export function EmailField(props: CredentialProps & { autoFocus?: boolean }) {
  return (
    <TextField large label="Email" type="email" name="email" autoComplete="username" {...props} />
  )
}

interface PasswordProps extends CredentialProps {
  /** whether it exists already; password managers fill in the one and offer to make the other */
  kind: "current" | "new"
  help: string
}

export function PasswordField({ kind, ...rest }: PasswordProps) {
  return (
    <TextField
      large
      label="Password"
      type="password"
      name="password"
      autoComplete={`${kind}-password`}
      {...rest}
    />
  )
}
