"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { Panel } from "../ui/panel.tsx"
import { changePackages } from "./queries.ts"

const namesIn = (text: string) => text.split(/[\s,]+/).filter(Boolean)

/** Adds packages by their names. */
export function AddForm({ projectId, off }: { projectId: Project["id"]; off: string | undefined }) {
  const change = useMutation(changePackages)
  const form = useForm({
    values: { names: "" },
    body: ({ names }) => ({ add: namesIn(names) }),
    schema: () => schemaOf("POST /projects/{projectId}/packages"),
    fieldFor: { add: "names" },
    send: (_, { names }) =>
      change.mutateAsync({ params: { projectId }, body: { add: namesIn(names) } }),
    done: () => form.clear(),
  })
  const none = namesIn(form.state.watch("names")).length === 0
  const why = off ?? (none ? "Name a package." : undefined)
  return (
    <Panel title="Add packages">
      <Form
        form={why ? { ...form, submit: (event) => event?.preventDefault() } : form}
        label="Add packages"
        className="p-4"
      >
        <TextField
          label="Names"
          help="From npm's registry, with a version if you want a certain one: react@19 zod. Their install scripts do not run."
          className="mono"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.text("names")}
        />
        <div>
          <Button type="submit" off={why} busy={form.pending ? "Adding packages" : undefined}>
            Add packages
          </Button>
        </div>
      </Form>
    </Panel>
  )
}
