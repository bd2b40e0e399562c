"use client"
import { type FormEvent, type ReactNode, useEffect, useRef } from "react"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { AuthNotice } from "./auth-notice.tsx"
import type { useAuthForm } from "./use-auth-form.ts"

interface DoorFormProps {
  /** names the form and its button, e.g. "Sign in" */
  verb: string
  /** what is being done, e.g. "Signing in" */
  doing: string
  form: ReturnType<typeof useAuthForm>
  onSubmit(): void
  children: ReactNode
}

/** A form of the door: what was refused above its fields, the button below; a wrong field gets the focus. */
export function DoorForm({ verb, doing, form, onSubmit, children }: DoorFormProps) {
  const element = useRef<HTMLFormElement>(null)
  const { faults } = form
  useEffect(() => {
    if (!Object.values(faults).some(Boolean)) return
    element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus()
  }, [faults])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form ref={element} onSubmit={submit} aria-label={verb} noValidate className="grid gap-5">
      <AuthNotice problem={form.problem} />
      {children}
      <Button type="submit" kind="main" size="lg" busy={form.pending ? doing : undefined}>
        {verb}
      </Button>
    </form>
  )
}

interface CredentialProps {
  value: string
  onChange(value: string): void
  error: string | undefined
}

/** The address a person signs in with. */
export function EmailField({ onChange, ...rest }: CredentialProps & { autoFocus?: boolean }) {
  return (
    <TextField
      large
      label="Email"
      type="email"
      name="email"
      autoComplete="username"
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  )
}

interface PasswordProps extends CredentialProps {
  /** whether it exists already; password managers fill in the one and offer to make the other */
  kind: "current" | "new"
  help: string
}

export function PasswordField({ kind, onChange, ...rest }: PasswordProps) {
  return (
    <TextField
      large
      label="Password"
      type="password"
      name="password"
      autoComplete={`${kind}-password`}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  )
}
