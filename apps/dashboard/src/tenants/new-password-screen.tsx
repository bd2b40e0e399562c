"use client"
import { useRouter } from "next/navigation"
import { useEffect, useState } from "react"
import { call } from "../api/call.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { outside } from "../paths.ts"
import { Button } from "../ui/button.tsx"
import { PasswordField } from "../ui/password-field.tsx"
import { Door } from "./door.tsx"

/** Where the link of a mail leads: a new password, by the token behind the #. */
export function NewPasswordScreen({ host }: { host: string }) {
  const router = useRouter()
  const [token, setToken] = useState("")
  useEffect(() => {
    const fromLink = window.location.hash.slice(1)
    if (!fromLink) return
    setToken(fromLink)
    window.history.replaceState(null, "", window.location.pathname)
  }, [])
  const form = useForm({
    values: { newPassword: "" },
    body: ({ newPassword }) => ({ token, newPassword }),
    schema: () => schemaOf("POST /auth/reset-password"),
    send: (_, { newPassword }) =>
      call("POST /auth/reset-password", { body: { token, newPassword } }),
    done: () => router.replace(outside.signIn()),
    leaves: true,
  })
  return (
    <Door title="New password" where={`on the server at ${host}`}>
      <Form form={form} label="Choose a password" className="gap-5">
        <PasswordField
          large
          label="New password"
          autoComplete="new-password"
          help="At least 10 characters. All your sessions end; sign in with it then."
          {...form.text("newPassword")}
        />
        <Button type="submit" kind="main" size="lg" busy={form.pending ? "Saving" : undefined}>
          Save password
        </Button>
      </Form>
    </Door>
  )
}
