"use client"
import Link from "next/link"
import { type FormEvent, useState } from "react"
import { paths } from "../paths.ts"
import { usePlatform } from "../shell/platform.ts"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { AuthNotice } from "./auth-notice.tsx"
import { emailFault, passwordFault, personNameFault } from "./credentials.ts"
import { Door } from "./door.tsx"
import { pick } from "./sign-in-screen.tsx"
import { useAuthForm } from "./use-auth-form.ts"

export function SignUpScreen({ next, host }: { next: string; host: string }) {
  const { data: platform } = usePlatform()
  return (
    <Door>
      <div className="grid gap-5">
        <div>
          <h1 className="text-28 font-semibold tracking-[-0.022em]">Create an account</h1>
          <p className="mt-1 text-fg-2">on the server at {host}</p>
        </div>
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
      </div>
    </Door>
  )
}

function SignUpForm({ next }: { next: string }) {
  const { send, pending, faults, problem } = useAuthForm("sign-up/email", next)
  const [name, setName] = useState("")
  const [email, setEmail] = useState("")
  const [password, setPassword] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = { name: name.trim(), email: email.trim(), password }
    void send(
      body,
      pick({
        name: personNameFault(name),
        email: emailFault(body.email),
        password: passwordFault(password),
      }),
    )
  }
  return (
    <form onSubmit={submit} aria-label="Create an account" noValidate className="grid gap-5">
      <AuthNotice problem={problem} />
      <TextField
        large
        label="Name"
        name="name"
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={faults.name}
      />
      <TextField
        large
        label="Email"
        type="email"
        name="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={faults.email}
      />
      <TextField
        large
        label="Password"
        type="password"
        name="password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={faults.password}
        help="At least 10 characters."
      />
      <Button type="submit" kind="main" size="lg" busy={pending ? "Creating account" : undefined}>
        Create account
      </Button>
    </form>
  )
}
