"use client"
import type { Platform } from "@vibecaas/contract/kinds/platform"
import Link from "next/link"
import { call } from "../api/call.ts"
import { outside } from "../paths.ts"
import { keptInvitation } from "../people/invitation-token.ts"
import { usePlatform } from "../shell/platform.ts"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { Door } from "./door.tsx"
import { DoorForm, EmailField, PasswordField, useDoorForm } from "./door-form.tsx"

/** An invitation that waits in this tab lets somebody in where only who is invited may come. */
function invitationHere(): { invitation?: string } {
  const invitation = keptInvitation()
  return invitation ? { invitation } : {}
}

const mayCome = (signup: Platform["signup"]) =>
  signup === "open" || (signup === "invite" && keptInvitation() !== undefined)

export function SignUpScreen({ next, host }: { next: string; host: string }) {
  const { data: platform } = usePlatform()
  return (
    <Door title="Create an account" where={`on the server at ${host}`}>
      {platform && !mayCome(platform.signup) ? (
        <Note title="New accounts are closed here.">
          Ask somebody here to invite you, and open the link they give you.
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
      call("POST /auth/sign-up/email", {
        body: { name, email, password, ...invitationHere() },
      }),
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
