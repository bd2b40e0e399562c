"use client"
import Link from "next/link"
import { call } from "../api/call.ts"
import { outside } from "../paths.ts"
import { usePlatform } from "../shell/platform.ts"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { Door } from "./door.tsx"
import { DoorForm, EmailField, PasswordField, useDoorForm } from "./door-form.tsx"

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
  const form = useDoorForm({
    route: "POST /auth/sign-up/email",
    send: ({ name = "", email, password }) =>
      call("POST /auth/sign-up/email", { body: { name, email, password } }),
    next,
  })
  return (
    <DoorForm verb="Create account" doing="Creating account" form={form}>
      <TextField large label="Name" autoComplete="name" {...form.text("name")} />
      <EmailField form={form} />
      <PasswordField kind="new" form={form} help="At least 10 characters." />
    </DoorForm>
  )
}
