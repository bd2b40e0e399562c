"use client"
import { useMutation } from "@tanstack/react-query"
import type { PackageEcosystem } from "@vibecaas/contract/kinds/packages"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Panel } from "../ui/panel.tsx"
import { Select } from "../ui/select.tsx"
import { ecosystemWords } from "./ecosystem-words.ts"
import { changePackages } from "./queries.ts"

const namesIn = (text: string) => text.split(/[\s,]+/).filter(Boolean)

const choices = Object.entries(ecosystemWords).map(([value, { label }]) => ({
  value: value as PackageEcosystem, // the keys of its record
  label,
}))

interface AddFormProps {
  projectId: Project["id"]
  /** where the project's packages come from so far */
  used: readonly PackageEcosystem[]
  off: string | undefined
}

/** Adds packages by their names. */
export function AddForm({ projectId, used, off }: AddFormProps) {
  const [chosen, setChosen] = useState<PackageEcosystem>()
  const ecosystem = chosen ?? used[0] ?? "npm"
  const change = useMutation(changePackages)
  const form = useForm({
    values: { names: "" },
    body: ({ names }) => ({ ecosystem, add: namesIn(names) }),
    schema: () => schemaOf("POST /projects/{projectId}/packages"),
    fieldFor: { add: "names" },
    send: (_, { names }) =>
      change.mutateAsync({ params: { projectId }, body: { ecosystem, add: namesIn(names) } }),
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
        <Field label="From">
          {(control) => (
            <Select
              {...control}
              className="w-40"
              value={ecosystem}
              options={choices}
              onChange={setChosen}
            />
          )}
        </Field>
        <TextField
          label="Names"
          help={ecosystemWords[ecosystem].help}
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
