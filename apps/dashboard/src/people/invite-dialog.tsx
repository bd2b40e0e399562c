"use client"
import { useMutation } from "@tanstack/react-query"
import type { InvitationWithLink } from "@vibecaas/contract/kinds/people"
import type { Role } from "@vibecaas/contract/roles"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { Select } from "../ui/select.tsx"
import { LinkShown } from "./link-shown.tsx"
import { invite } from "./queries.ts"
import { roleOptions, roleWords } from "./role-words.ts"

interface DialogProps {
  open: boolean
  onClose(): void
}

/** Asks whom to invite and as what, and shows the link this once. */
export function InviteDialog({ open, onClose }: DialogProps) {
  const [made, setMade] = useState<InvitationWithLink>()
  const { organization } = useSession()
  const close = () => {
    onClose()
    setMade(undefined)
  }
  const title = made ? "The invitation is ready" : `Invite to ${organization.name}`
  return (
    <Dialog open={open} onClose={close} title={title}>
      {made ? <LinkShown made={made} onDone={close} /> : null}
      {open && !made ? <InviteForm onCancel={close} onMade={setMade} /> : null}
    </Dialog>
  )
}

type Way = "mail" | "link"

interface Typed {
  way: Way
  email: string
  role: Role
  days: "1" | "7" | "30"
}

const ways = [
  { value: "mail", label: "By mail" },
  { value: "link", label: "By link" },
] as const
const dayOptions = [
  { value: "1", label: "One day" },
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
] as const

interface InviteFormProps {
  onCancel(): void
  onMade(made: InvitationWithLink): void
}

function InviteForm({ onCancel, onMade }: InviteFormProps) {
  const { organization } = useSession()
  const create = useMutation(invite)
  const bodyOf = ({ way, email, role, days }: Typed) => ({
    email: way === "mail" ? email.trim() : null,
    ...{ role, days: Number(days) },
  })
  const form = useForm<Typed, InvitationWithLink>({
    values: { way: "mail", email: "", role: "developer", days: "7" },
    body: bodyOf,
    schema: () => schemaOf("POST /organizations/{organizationId}/invitations"),
    send: (_, typed) =>
      create.mutateAsync({
        params: { organizationId: organization.id },
        body: bodyOf(typed),
      }),
    done: onMade,
  })
  const { watch, setValue } = form.state
  const [way, role] = [watch("way"), watch("role")]
  return (
    <Form form={form} label="Invite">
      <Segmented<Way>
        label="How they are invited"
        value={way}
        segments={ways}
        onChange={(value) => setValue("way", value)}
        className="justify-self-start"
      />
      {way === "mail" ? (
        <TextField
          label="Email"
          type="email"
          autoComplete="off"
          help="Only who signs in with this address can accept."
          {...form.text("email")}
        />
      ) : (
        <p className="text-13">Whoever has the link first becomes a member. It works once.</p>
      )}
      <Field label="Role" help={roleWords[role]} error={form.errorAt("role")}>
        {(control) => (
          <Select<Role>
            {...control}
            value={role}
            options={roleOptions.filter(
              ({ value }) => value !== "owner" || organization.role === "owner",
            )}
            onChange={(value) => setValue("role", value, { shouldDirty: true })}
          />
        )}
      </Field>
      <Field label="Good for" error={form.errorAt("days")}>
        {(control) => (
          <Select<Typed["days"]>
            {...control}
            value={watch("days")}
            options={dayOptions}
            onChange={(value) => setValue("days", value)}
          />
        )}
      </Field>
      <DialogButtons onCancel={onCancel}>
        <Button type="submit" kind="main" busy={form.pending ? "Inviting" : undefined}>
          {way === "mail" ? "Send invitation" : "Make link"}
        </Button>
      </DialogButtons>
    </Form>
  )
}
