"use client"
import Link from "next/link"
import { useState } from "react"
import { call } from "../api/call.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { outside } from "../paths.ts"
import { useMailStandIn } from "../shell/platform.ts"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { Door } from "./door.tsx"

/** Asks for the address to which a link to a new password is written. */
export function ForgotScreen({ host }: { host: string }) {
  const [asked, setAsked] = useState(false)
  return (
    <Door title="Forgotten password" where={`on the server at ${host}`}>
      {asked ? <Asked /> : <AskForm onAsked={() => setAsked(true)} />}
      <p className="text-13 text-fg-2">
        <Link href={outside.signIn()} className="link">
          Back to sign in
        </Link>
      </p>
    </Door>
  )
}

function AskForm({ onAsked }: { onAsked(): void }) {
  const form = useForm({
    values: { email: "" },
    body: ({ email }) => ({ email: email.trim() }),
    schema: () => schemaOf("POST /auth/forget-password"),
    send: (_, { email }) => call("POST /auth/forget-password", { body: { email: email.trim() } }),
    done: onAsked,
  })
  return (
    <Form form={form} label="Forgotten password" className="gap-5">
      <TextField
        large
        label="Email"
        type="email"
        autoComplete="username"
        help="We write you a link by which you choose a new one."
        {...form.text("email")}
      />
      <Button type="submit" kind="main" size="lg" busy={form.pending ? "Asking" : undefined}>
        Write me a link
      </Button>
    </Form>
  )
}

function Asked() {
  const noServer = useMailStandIn()
  return (
    <Note title="If there is such an account, a link is on its way.">
      {noServer
        ? "No mail server is set up here: whoever runs this server reads it on the page Platform, and can give it to you."
        : "It works once, for an hour."}
    </Note>
  )
}
