"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import { useRouter } from "next/navigation"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Panel } from "../ui/panel.tsx"
import { Select } from "../ui/select.tsx"
import { makeStarter } from "./queries.ts"
import { categoryNames } from "./starter-words.ts"

type Category = StarterSummary["category"]
const categories = (Object.keys(categoryNames) as Category[]).map((value) => ({
  value,
  label: categoryNames[value],
}))

/** Makes a starter of the project as it is now, with which others of the organization can begin. */
export function MakeStarterPanel({ project }: { project: Pick<Project, "id" | "name"> }) {
  const router = useRouter()
  const { paths, offUnless } = useSession()
  const make = useMutation(makeStarter)
  const bodyOf = (typed: { name: string; summary: string; category: Category }) => ({
    projectId: project.id,
    name: typed.name.trim(),
    summary: typed.summary.trim(),
    category: typed.category,
  })
  const form = useForm({
    values: { name: project.name, summary: "", category: "productivity" as Category },
    body: bodyOf,
    schema: () => schemaOf("POST /starters"),
    send: (_, typed) => make.mutateAsync({ body: bodyOf(typed) }),
    done: ({ id }) => router.push(paths.starter(id)),
    leaves: true,
  })
  return (
    <Panel title="Starter">
      <Form form={form} label="Make a starter" className="p-4">
        <p className="text-13 text-fg-2">
          The newest files become a starter of your organization. Later changes of this project do
          not reach it, and its data is not part of it.
        </p>
        <TextField label="Starter name" {...form.text("name")} />
        <TextField
          label="What it is for"
          help="A sentence of at most 140 characters."
          maxLength={140}
          {...form.text("summary")}
        />
        <Field label="Category" error={form.errorAt("category")}>
          {(control) => (
            <Select
              {...control}
              value={form.state.watch("category")}
              options={categories}
              onChange={(category) => form.state.setValue("category", category)}
            />
          )}
        </Field>
        <div>
          <Button
            type="submit"
            off={offUnless("starter:create", "make starters")}
            busy={form.pending ? "Making starter" : undefined}
          >
            Make a starter
          </Button>
        </div>
      </Form>
    </Panel>
  )
}
