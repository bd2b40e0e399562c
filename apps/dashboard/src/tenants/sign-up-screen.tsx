"use client"
import Link from "next/link"
import { useState } from "react"
import { paths } from "../paths.ts"
import { usePlatform } from "../shell/platform.ts"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { emailFault, passwordFault, personNameFault } from "./credentials.ts"
import { Door } from "./door.tsx"
import { DoorForm, EmailField, PasswordField } from "./door-form.tsx"
import { useAuthForm } from "./use-auth-form.ts"

export function SignUpScreen({ next, host }: { next: string; host: string }) {
  const { data: platform } = usePlatform()
  return (
    <Door title="Create an account" where={`on the server at ${host}`}>
      {platform && platform.signup !== "open" ? (
        <Note title="Accounts are not open here.">
          Whoever runs this server can create one for you.
        </Note>
      ) : (
        <SignUpForm next={next} />
      )}
      <p className="text-13 text-fg-2">
        Have an account?{" "}
        <Link href={paths.signIn(next === paths.projects() ? undefined : next)} className="link">
          Sign in
        </Link>
      </p>
    </Door>
  )
}

function SignUpForm({ next }: { next: string }) {
  const form = useAuthForm("sign-up/email", next)
  const [name, setName] = useState("")
  const [email, setEmail] = useState("")
  const [password, setPassword] = useState("")
  const submit = () => {
    const body = { name: name.trim(), email: email.trim(), password }
    void form.send(body, {
      name: personNameFault(name),
      email: emailFault(body.email),
      password: passwordFault(password),
    })
  }
  return (
    <DoorForm verb="Create account" doing="Creating account" form={form} onSubmit={submit}>
      <TextField
        large
        label="Name"
        name="name"
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={form.faults.name}
      />
      <EmailField value={email} onChange={setEmail} error={form.faults.email} />
      <PasswordField
        kind="new"
        value={password}
        onChange={setPassword}
        error={form.faults.password}
        help="At least 10 characters."
      />
    </DoorForm>
  )
}
