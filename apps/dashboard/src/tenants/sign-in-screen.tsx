"use client"
import Link from "next/link"
import { type FormEvent, useState } from "react"
import { paths } from "../paths.ts"
import { usePlatform } from "../shell/platform.ts"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { AuthNotice } from "./auth-notice.tsx"
import { emailFault } from "./credentials.ts"
import { Door } from "./door.tsx"
import { useAuthForm } from "./use-auth-form.ts"

export function SignInScreen({ next, host }: { next: string; host: string }) {
  const { data: platform } = usePlatform()
  const { send, pending, faults, problem } = useAuthForm("sign-in/email", next)
  const [email, setEmail] = useState("")
  const [password, setPassword] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const address = email.trim()
    void send(
      { email: address, password },
      pick({ email: emailFault(address), password: password ? undefined : "Enter your password." }),
    )
  }
  return (
    <Door>
      <form onSubmit={submit} aria-label="Sign in" noValidate className="grid gap-5">
        <div>
          <h1 className="text-28 font-semibold tracking-[-0.022em]">Sign in</h1>
          <p className="mt-1 text-fg-2">to the server at {host}</p>
        </div>
        <AuthNotice problem={problem} />
        <TextField
          large
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={faults.email}
        />
        <TextField
          large
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={faults.password}
          help="First time here? The server printed an address and a password when it started."
        />
        <Button type="submit" kind="main" size="lg" busy={pending ? "Signing in" : undefined}>
          Sign in
        </Button>
        <p className="min-h-5 text-13 text-fg-2">
          {platform?.signup === "open" ? (
            <>
              No account yet?{" "}
              <Link
                href={paths.signUp(next === paths.projects() ? undefined : next)}
                className="link"
              >
                Create one
              </Link>
            </>
          ) : null}
        </p>
      </form>
    </Door>
  )
}

/** Only the faults there are. */
export function pick(faults: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(faults).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
