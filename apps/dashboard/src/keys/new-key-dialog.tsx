"use client"
import { useMutation } from "@tanstack/react-query"
import type { ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { PermissionChoice } from "./permission-choice.tsx"
import { ProjectChoice } from "./project-choice.tsx"
import { createKey, useGrantable } from "./queries.ts"
import { SecretShown, stays } from "./secret-shown.tsx"

interface DialogProps {
  open: boolean
  onClose(): void
}

/** Asks what a new key is for and may do, and shows its secret this once. */
export function NewKeyDialog({ open, onClose }: DialogProps) {
  const [made, setMade] = useState<ApiKeyWithSecret>()
  const close = () => {
    onClose()
    setMade(undefined)
  }
  const title = made ? `${made.key.name} is ready` : "New API key"
  return (
    <Dialog open={open} onClose={made ? stays : close} title={title} wide>
      {made ? <SecretShown made={made} onDone={close} /> : null}
      {open && !made ? <NewKey onCancel={close} onMade={setMade} /> : null}
    </Dialog>
  )
}

interface NewKeyProps {
  onCancel(): void
  onMade(made: ApiKeyWithSecret): void
}

function NewKey(props: NewKeyProps) {
  const grantable = useGrantable()
  return (
    <ReadBody
      of={grantable}
      failed="What a key can be allowed could not be read"
      skeleton={<SkeletonLines what="permissions" />}
    >
      {(choices) => <NewKeyForm {...props} choices={choices} />}
    </ReadBody>
  )
}

interface Typed {
  name: string
  permissions: readonly string[]
  /** null: all */
  projects: readonly string[] | null
  expiresInDays: Days
}

const ends = {
  "7": "7 days",
  "30": "30 days",
  "90": "90 days",
  "365": "A year",
  never: "No end",
} as const
type Days = keyof typeof ends
const endOptions = (Object.keys(ends) as Days[]).map((value) => ({ value, label: ends[value] }))

type Choices = NonNullable<ReturnType<typeof useGrantable>["data"]>

function NewKeyForm({ onCancel, onMade, choices }: NewKeyProps & { choices: Choices }) {
  const { organization } = useSession()
  const create = useMutation(createKey)
  const bodyOf = ({ name, permissions, projects, expiresInDays: days }: Typed) => ({
    name: name.trim(),
    permissions: [...permissions],
    projects: projects && [...projects],
    expiresInDays: days === "never" ? null : Number(days),
  })
  const form = useForm<Typed, ApiKeyWithSecret>({
    values: {
      ...{ name: "", permissions: choices.presets.read, projects: null },
      expiresInDays: "90",
    },
    body: bodyOf,
    schema: () => schemaOf("POST /organizations/{organizationId}/api-keys"),
    send: (_, typed) => {
      const params = { organizationId: organization.id }
      // Ids come from the list of projects; the server judges them anyway.
      const body = bodyOf(typed) as Parameters<typeof create.mutateAsync>[0]["body"]
      return create.mutateAsync({ params, body })
    },
    done: onMade,
    guarded: true,
  })
  const { watch, setValue } = form.state
  const set = <Name extends keyof Typed>(name: Name, value: Typed[Name]) =>
    setValue(name, value as never, {
      shouldDirty: true,
      shouldValidate: form.state.formState.isSubmitted,
    })
  return (
    <Form form={form} label="New API key">
      <TextField
        label="Name"
        autoComplete="off"
        placeholder="CI deploys"
        help="What it is for. The activity and everything it makes say so."
        {...form.text("name")}
      />
      <PermissionChoice
        choices={choices}
        chosen={watch("permissions")}
        error={form.errorAt("permissions")}
        onChange={(permissions) => set("permissions", permissions)}
      />
      <ProjectChoice
        chosen={watch("projects")}
        error={form.errorAt("projects")}
        onChange={(projects) => set("projects", projects)}
      />
      <Field label="Ends" error={form.errorAt("expiresInDays")}>
        {(control) => (
          <Select
            {...control}
            value={watch("expiresInDays")}
            options={endOptions}
            onChange={(days) => set("expiresInDays", days)}
          />
        )}
      </Field>
      <DialogButtons onCancel={onCancel}>
        <Button type="submit" kind="main" busy={form.pending ? "Making key" : undefined}>
          Make key
        </Button>
      </DialogButtons>
    </Form>
  )
}
