"use client"
import Link from "next/link"
import { outside } from "../paths.ts"
import { usePlatform } from "../shell/platform.ts"
import { emailFault } from "./credentials.ts"
import { Door } from "./door.tsx"
import { DoorForm, EmailField, PasswordField } from "./door-form.tsx"
import { type AuthField, useAuthForm } from "./use-auth-form.ts"

export function SignInScreen({ next, host }: { next: string; host: string }) {
  const { data: platform } = usePlatform()
  const form = useAuthForm("sign-in/email", next)
  const submit = (typed: (field: AuthField) => string) => {
    const [email, password] = [typed("email").trim(), typed("password")]
    void form.send(
      { email, password },
      { email: emailFault(email), password: password ? undefined : "Enter your password." },
    )
  }
  return (
    <Door title="Sign in" where={`to the server at ${host}`}>
      <DoorForm verb="Sign in" doing="Signing in" form={form} onSubmit={submit}>
        <EmailField autoFocus error={form.faults.email} />
        <PasswordField
          kind="current"
          error={form.faults.password}
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
