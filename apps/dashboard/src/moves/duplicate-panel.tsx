"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useRouter } from "next/navigation"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { TextField } from "../ui/field.tsx"
import { Panel } from "../ui/panel.tsx"
import { duplicateProject } from "./queries.ts"

interface Typed {
  name: string
  history: boolean
  variables: boolean
  data: boolean
}

const parts = [
  { part: "history", label: "All versions", help: "Without it the newest files are its first." },
  { part: "variables", label: "Variables of the app", help: "As they are set on the page App." },
  { part: "data", label: "Data of the app", help: "What visitors wrote until now." },
] as const

/** Makes a project of its own that begins as this one is. */
export function DuplicatePanel({ project }: { project: Pick<Project, "id" | "name"> }) {
  const router = useRouter()
  const { paths, offUnless } = useSession()
  const copy = useMutation(duplicateProject)
  const params = { projectId: project.id }
  const form = useForm({
    values: {
      name: `Copy of ${project.name}`.slice(0, 60),
      ...{ history: true, variables: true, data: false },
    } as Typed,
    body: (typed) => ({ ...typed, name: typed.name.trim() }),
    schema: () => schemaOf("POST /projects/{projectId}/copies"),
    send: (_, typed) => copy.mutateAsync({ params, body: { ...typed, name: typed.name.trim() } }),
    done: ({ id }) => router.push(paths.project(id)),
    leaves: true,
  })
  return (
    <Panel title="Duplicate">
      <Form form={form} label="Duplicate" className="p-4">
        <p className="text-13 text-fg-2">
          The copy has an address of its own. Values of secrets are never copied: what it lacks is
          named once it is there.
        </p>
        <TextField label="Name of the copy" {...form.text("name")} />
        <fieldset className="grid gap-2.5">
          <legend className="pb-1.5 text-13 font-medium">Copy with the newest files</legend>
          {parts.map(({ part, label, help }) => (
            <Checkbox
              key={part}
              {...{ label, help }}
              checked={form.state.watch(part)}
              onChange={(on) => form.state.setValue(part, on, { shouldDirty: true })}
            />
          ))}
        </fieldset>
        <div>
          <Button
            type="submit"
            off={offUnless("project:create", "create projects")}
            busy={form.pending ? "Duplicating" : undefined}
          >
            Duplicate project
          </Button>
        </div>
      </Form>
    </Panel>
  )
}
