"use client"
import Link from "next/link"
import { call } from "../api/call.ts"
import { outside } from "../paths.ts"
import { usePlatform } from "../shell/platform.ts"
import { Door } from "./door.tsx"
import { DoorForm, EmailField, PasswordField, useDoorForm } from "./door-form.tsx"

export function SignInScreen({ next, host }: { next: string; host: string }) {
  const { data: platform } = usePlatform()
  const form = useDoorForm({
    route: "POST /auth/sign-in/email",
    send: ({ email, password }) => call("POST /auth/sign-in/email", { body: { email, password } }),
    next,
  })
  return (
    <Door title="Sign in" where={`to the server at ${host}`}>
      <DoorForm verb="Sign in" doing="Signing in" form={form}>
        <EmailField autoFocus form={form} />
        <PasswordField
          kind="current"
          form={form}
          help="First time here? The server printed an address and a password when it started."
        />
      </DoorForm>
      <p className="min-h-5 text-13 text-fg-2">
        {platform?.signup === "open" ? (
          <>
            No account yet?{" "}
            <Link href={outside.signUp(next)} className="link">
              Create one
            </Link>
          </>
        ) : null}
      </p>
    </Door>
  )
}
