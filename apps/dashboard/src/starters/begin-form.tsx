"use client"
import { useMutation } from "@tanstack/react-query"
import type { Starter } from "@vibecaas/contract/kinds/starters"
import { useRouter } from "next/navigation"
import { Form } from "../form/form.tsx"
import { useForm } from "../form/use-form.ts"
import { createProject } from "../projects/queries.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { Switch } from "../ui/switch.tsx"
import { ModelParameters } from "./model-parameter.tsx"
import { ParameterField } from "./parameter-field.tsx"
import { fieldOf, type TypedValues, typedOf, valuesOf } from "./parameter-values.ts"

/** A starter's parameters, and the button that begins a project with them. */
export function BeginForm({ starter }: { starter: Starter }) {
  const router = useRouter()
  const { organization, paths, offUnless } = useSession()
  const create = useMutation(createProject)
  const { parameters } = starter
  const bodyOf = (typed: TypedValues) => ({
    organizationId: organization.id,
    preview: typed.public ? ("public" as const) : ("private" as const),
    starter: { id: starter.id, parameters: valuesOf(parameters, typed) },
    ...(String(typed.name).trim() === "" ? {} : { name: String(typed.name).trim() }),
  })
  const form = useForm({
    values: { name: "", public: false, ...typedOf(parameters) } as TypedValues,
    body: bodyOf,
    send: (_, typed) => create.mutateAsync({ body: bodyOf(typed) }),
    done: ({ id }) => router.push(paths.project(id)),
    fieldFor: Object.fromEntries(
      parameters.map(({ name }) => [`starter/parameters/${name}`, fieldOf(name)]),
    ),
    guarded: true,
    leaves: true,
  })
  const off = offUnless("project:create", "create projects")
  return (
    <div className="grid gap-4 p-4">
      <ModelParameters parameters={parameters} form={form} />
      <Form form={form} label={`Begin with ${starter.name.en}`}>
        <TextField
          label="Project name"
          placeholder={starter.name.en}
          maxLength={60}
          autoComplete="off"
          {...form.text("name")}
        />
        {parameters.map((parameter) => (
          <ParameterField key={parameter.name} parameter={parameter} form={form} />
        ))}
        <Switch
          label="Public preview"
          help="Everybody who knows the address may look."
          checked={form.state.watch("public") === true}
          onChange={(wanted) => form.state.setValue("public", wanted)}
        />
        <div>
          <Button
            type="submit"
            kind="main"
            size="lg"
            off={off}
            busy={form.pending ? "Creating project" : undefined}
          >
            Create project
          </Button>
        </div>
      </Form>
    </div>
  )
}
