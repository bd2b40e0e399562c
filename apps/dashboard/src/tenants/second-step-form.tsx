"use client"
import { useQueryClient } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { Controller } from "react-hook-form"
import { call } from "../api/call.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { TextField } from "../ui/field.tsx"
import { Door } from "./door.tsx"

interface SecondStepFormProps {
  next: string
  /** to the password again */
  onBack(): void
}

/** What a sign-in asks after the password, for whoever turned it on. */
export function SecondStepForm({ next, onBack }: SecondStepFormProps) {
  const client = useQueryClient()
  const router = useRouter()
  const form = useForm({
    values: { code: "", trust: false },
    body: (typed) => typed,
    schema: () => schemaOf("POST /auth/sign-in/second-step"),
    send: (_, body) => call("POST /auth/sign-in/second-step", { body }),
    done: () => {
      client.clear()
      router.replace(next)
    },
    leaves: true,
  })
  return (
    <Door title="Enter a code" where="from your authenticator app">
      <Form form={form} label="Enter a code" className="gap-5">
        <TextField
          large
          autoFocus
          label="Code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          help="The six digits that the app shows now. Without your phone, one of your recovery codes."
          {...form.text("code")}
        />
        <Controller
          control={form.state.control}
          name="trust"
          render={({ field }) => (
            <Checkbox
              label="Trust this browser"
              help="It is not asked for a code for 30 days. Only for a device of your own."
              checked={field.value}
              onChange={field.onChange}
            />
          )}
        />
        <Button type="submit" kind="main" size="lg" busy={form.pending ? "Signing in" : undefined}>
          Sign in
        </Button>
      </Form>
      <p className="text-13 text-fg-2">
        <button type="button" className="link" onClick={onBack}>
          Sign in as somebody else
        </button>
      </p>
    </Door>
  )
}
