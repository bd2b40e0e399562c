"use client"
import Link from "next/link"
import { outside } from "../paths.ts"
import { usePlatform } from "../shell/platform.ts"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { emailFault, passwordFault, personNameFault } from "./credentials.ts"
import { Door } from "./door.tsx"
import { DoorForm, EmailField, PasswordField } from "./door-form.tsx"
import { type AuthField, useAuthForm } from "./use-auth-form.ts"

export function SignUpScreen({ next, host }: { next: string; host: string }) {
  const { data: platform } = usePlatform()
  return (
    <Door title="Create an account" where={`on the server at ${host}`}>
      {platform && platform.signup !== "open" ? (
        <Note title="New accounts are closed here.">
          Whoever runs this server can open them with VIBECAAS_SIGNUP=open.
        </Note>
      ) : (
        <SignUpForm next={next} />
      )}
      <p className="text-13 text-fg-2">
        Have an account?{" "}
        <Link href={outside.signIn(next)} className="link">
          Sign in
        </Link>
      </p>
    </Door>
  )
}

function SignUpForm({ next }: { next: string }) {
  const form = useAuthForm("sign-up/email", next)
  const submit = (typed: (field: AuthField) => string) => {
    const [name, email, password] = [typed("name").trim(), typed("email").trim(), typed("password")]
    void form.send(
      { name, email, password },
      {
        name: personNameFault(name),
        email: emailFault(email),
        password: passwordFault(password),
      },
    )
  }
  return (
    <DoorForm verb="Create account" doing="Creating account" form={form} onSubmit={submit}>
      <TextField large label="Name" name="name" autoComplete="name" error={form.faults.name} />
      <EmailField error={form.faults.email} />
      <PasswordField kind="new" error={form.faults.password} help="At least 10 characters." />
    </DoorForm>
  )
}
