"use client"
import { useMutation } from "@tanstack/react-query"
import type { Secret } from "@vibecaas/contract/kinds/secrets"
import {
  faultOfSecret,
  generatedTypes,
  type SecretEnvironment,
  type SecretType,
} from "@vibecaas/contract/secret-types"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Select } from "../ui/select.tsx"
import { addToOrganization, addToProject, type Owner } from "./queries.ts"
import {
  endOfTyped,
  environmentHelp,
  environmentWords,
  optionsOf,
  typeWords,
} from "./secret-words.ts"
import { ValueField } from "./value-field.tsx"

interface AddDialogProps {
  owner: Owner
  open: boolean
  onClose(): void
}

/** Asks for a new secret. */
export function AddDialog(props: AddDialogProps) {
  const title = "Add a secret"
  return (
    <Dialog open={props.open} onClose={props.onClose} title={title}>
      {props.open ? <AddForm {...props} title={title} /> : null}
    </Dialog>
  )
}

interface Typed {
  name: string
  type: SecretType
  environment: SecretEnvironment
  made: boolean
  value: string
  note: string
  end: string
}

const canMake = (type: SecretType) => generatedTypes.includes(type)

const bodyOf = ({ name, type, environment, made, value, note, end }: Typed) => ({
  ...{ name: name.trim(), type, environment, note: note.trim(), expiresAt: endOfTyped(end) },
  ...(made && canMake(type) ? {} : { value }),
})

function useAdd(owner: Owner) {
  const { organization } = useSession()
  const [here, there] = [useMutation(addToProject), useMutation(addToOrganization)]
  return (typed: Typed) => {
    const body = bodyOf(typed)
    return owner === null
      ? there.mutateAsync({ params: { organizationId: organization.id }, body })
      : here.mutateAsync({ params: { projectId: owner }, body })
  }
}

function AddForm({ owner, onClose, title }: AddDialogProps & { title: string }) {
  const add = useAdd(owner)
  const form = useForm<Typed, Secret>({
    values: {
      ...{ name: "", type: "api_key", environment: "every", made: false },
      ...{ value: "", note: "", end: "" },
    },
    fieldFor: { expiresAt: "end" },
    body: bodyOf,
    schema: () => schemaOf("POST /projects/{projectId}/secrets"),
    send: (_, typed) => add(typed),
    done: onClose,
    check: ({ type, value, made }) => ({
      value: made && canMake(type) ? undefined : faultOfSecret(type, value),
    }),
    guarded: true,
  })
  const { watch } = form.state
  const [type, environment, made] = [watch("type"), watch("environment"), watch("made")]
  return (
    <Form form={form} label={title}>
      <TextField
        label="Name"
        className="mono"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="STRIPE_API_KEY"
        help={
          owner === null
            ? "Variables of apps refer to it as secret:NAME, once it is shared with their project."
            : "The app has it as an environment variable of this name."
        }
        {...form.text("name")}
      />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label="What it is">
          {(control) => (
            <Select
              {...control}
              value={type}
              options={optionsOf(typeWords)}
              onChange={(next) => form.set({ type: next })}
            />
          )}
        </Field>
        <Field label="Where" help={environmentHelp[environment]}>
          {(control) => (
            <Select
              {...control}
              value={environment}
              options={optionsOf(environmentWords)}
              onChange={(next) => form.set({ environment: next })}
            />
          )}
        </Field>
      </div>
      {canMake(type) ? (
        <Checkbox
          label="Let the platform make the value"
          help="256 random bits."
          checked={made}
          onChange={(now) => form.set({ made: now })}
        />
      ) : null}
      {made && canMake(type) ? null : (
        <ValueField type={type} help="Sealed at once." {...form.text("value")} />
      )}
      <TextField label="What for" autoComplete="off" {...form.text("note")} />
      <TextField
        label="Ends"
        type="date"
        help="You are warned two weeks before. Nothing means no end."
        {...form.text("end")}
      />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Adding" : undefined}>
          Add secret
        </Button>
      </DialogButtons>
    </Form>
  )
}
