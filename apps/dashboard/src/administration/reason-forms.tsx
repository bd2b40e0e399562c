"use client"
import { useMutation } from "@tanstack/react-query"
import type {
  PlatformOrganizationDetail,
  PlatformPersonDetail,
} from "@vibecaas/contract/kinds/administration"
import type { ReactNode } from "react"
import { Form } from "../form/form.tsx"
import { type Schema, schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { DialogButtons } from "../ui/dialog.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Select } from "../ui/select.tsx"
import { disableOrganization, disablePerson, impersonate } from "./queries.ts"

interface Of<Thing> {
  person: Thing
  onDone(): void
}

/** Asks why somebody is shut out, and says what that takes along. */
export function DisablePerson({ person, onDone }: Of<PlatformPersonDetail>) {
  const disable = useMutation(disablePerson)
  const params = { userId: person.id }
  return (
    <ReasonForm
      label={`Disable ${person.name}`}
      verb="Disable"
      doing="Disabling"
      schema={() => schemaOf("POST /platform/people/{userId}/disable")}
      onSend={(reason) => disable.mutateAsync({ params, body: { reason } })}
      onDone={onDone}
    >
      Their sessions, open pages, previews and the API keys whose secret they were told close at
      once. What they made stays, and everything opens again when they are enabled.
    </ReasonForm>
  )
}

interface DisableOrganizationProps {
  organization: PlatformOrganizationDetail
  onDone(): void
}

/** Asks why an organization is closed, and says what that means. */
export function DisableOrganization({ organization, onDone }: DisableOrganizationProps) {
  const disable = useMutation(disableOrganization)
  const params = { organizationId: organization.id }
  return (
    <ReasonForm
      label={`Disable ${organization.name}`}
      verb="Disable"
      doing="Disabling"
      schema={() => schemaOf("POST /platform/organizations/{organizationId}/disable")}
      onSend={(reason) => disable.mutateAsync({ params, body: { reason } })}
      onDone={onDone}
    >
      Nobody reaches its pages, API keys, previews or public apps until it is enabled. Its people
      read your reason. Nothing is deleted, and what agents have begun they finish.
    </ReasonForm>
  )
}

interface ReasonFormProps {
  label: string
  verb: string
  doing: string
  schema(): Promise<Schema | undefined>
  onSend(reason: string): Promise<unknown>
  onDone(): void
  children: ReactNode
}

function ReasonForm(props: ReasonFormProps) {
  const { label, verb, doing, schema, onSend, onDone, children } = props
  const form = useForm<{ reason: string }, unknown>({
    values: { reason: "" },
    body: ({ reason }) => ({ reason: reason.trim() }),
    schema,
    send: (_, { reason }) => onSend(reason.trim()),
    done: onDone,
  })
  return (
    <Form form={form} label={label}>
      <p>{children}</p>
      <TextField
        label="Why?"
        autoComplete="off"
        help="The activity has your name and this sentence."
        {...form.text("reason")}
      />
      <DialogButtons onCancel={onDone}>
        <Button type="submit" kind="bad" busy={form.pending ? doing : undefined}>
          {verb}
        </Button>
      </DialogButtons>
    </Form>
  )
}

interface Look {
  reason: string
  minutes: "15" | "30" | "60"
}

const times = [
  { value: "15", label: "15 minutes" },
  { value: "30", label: "30 minutes" },
  { value: "60", label: "An hour" },
] as const

/** Asks why, and opens the platform as somebody sees it. */
export function LookAs({ person, onDone }: Of<PlatformPersonDetail>) {
  const look = useMutation(impersonate)
  const bodyOf = ({ reason, minutes }: Look) => ({
    reason: reason.trim(),
    minutes: Number(minutes),
  })
  const form = useForm<Look, unknown>({
    values: { reason: "", minutes: "30" },
    body: bodyOf,
    schema: () => schemaOf("POST /platform/people/{userId}/impersonate"),
    send: (_, typed) => look.mutateAsync({ params: { userId: person.id }, body: bodyOf(typed) }),
    // Everything that is kept here is the administrator's.
    done: () => window.location.assign("/"),
  })
  return (
    <Form form={form} label={`Look as ${person.name}`}>
      <p>
        You see what {person.name} sees, and change nothing. They find it among their sessions,
        where they can end it, and in the activity of every organization they belong to.
      </p>
      <TextField
        label="Why?"
        autoComplete="off"
        help="They read this sentence."
        {...form.text("reason")}
      />
      <Field label="For at most" error={form.errorAt("minutes")}>
        {(control) => (
          <Select<Look["minutes"]>
            {...control}
            value={form.state.watch("minutes")}
            options={times}
            onChange={(minutes) => form.state.setValue("minutes", minutes)}
          />
        )}
      </Field>
      <DialogButtons onCancel={onDone}>
        <Button type="submit" kind="main" busy={form.pending ? "Opening" : undefined}>
          Look as them
        </Button>
      </DialogButtons>
    </Form>
  )
}
