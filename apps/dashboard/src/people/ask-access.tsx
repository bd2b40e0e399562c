"use client"
import { useMutation } from "@tanstack/react-query"
import { Lock } from "lucide-react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { TextField } from "../ui/field.tsx"
import { askForAccess } from "./queries.ts"

/** What a member finds at a project that is kept to others: the way to ask for it. */
export function AskAccess({ projectId }: { projectId: string }) {
  const ask = useMutation(askForAccess)
  const form = useForm({
    values: { note: "" },
    body: ({ note }) => ({ note: note.trim() }),
    schema: () => schemaOf("POST /projects/{projectId}/access/requests"),
    send: (_, { note }) =>
      ask.mutateAsync({
        params: { projectId: projectId as `prj_${string}` }, // the server answered that it is one
        body: { note: note.trim() },
      }),
  })
  if (ask.isSuccess) {
    return (
      <EmptyState icon={Lock} title="You asked for access">
        Owners and admins were told. This page opens the project once one of them says yes.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Lock} title="Only some people see this project">
      <p>Ask for access: an owner or an admin answers.</p>
      <Form form={form} label="Ask for access" className="mt-4 text-left">
        <TextField label="What you need it for" help="Optional." {...form.text("note")} />
        <div>
          <Button type="submit" kind="main" busy={form.pending ? "Asking" : undefined}>
            Ask for access
          </Button>
        </div>
      </Form>
    </EmptyState>
  )
}
