"use client"
import { useMutation } from "@tanstack/react-query"
import type { EgressRule } from "@vibecaas/contract/kinds/network"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { setServiceValue } from "./queries.ts"

interface ValueDialogProps {
  rule: EgressRule
  open: boolean
  onClose(): void
}

/** The secret with which the platform asks a service. */
export function ValueDialog(props: ValueDialogProps) {
  const title = `Secret of ${props.rule.service?.name}`
  return (
    <Dialog open={props.open} onClose={props.onClose} title={title}>
      {props.open ? <ValueForm {...props} title={title} /> : null}
    </Dialog>
  )
}

function ValueForm({ rule, onClose, title }: ValueDialogProps & { title: string }) {
  const set = useMutation(setServiceValue)
  const form = useForm<{ value: string }, EgressRule>({
    values: { value: "" },
    body: ({ value }) => ({ value: value.trim() }),
    schema: () => schemaOf("PUT /projects/{projectId}/network/rules/{ruleId}/value"),
    send: (_, { value }) =>
      set.mutateAsync({
        params: { projectId: rule.projectId, ruleId: rule.id },
        body: { value: value.trim() },
        ifMatch: rule.version,
      }),
    done: onClose,
    guarded: true,
  })
  return (
    <Form form={form} label={title}>
      <TextField
        label={rule.service?.header ?? "Value"}
        type="password"
        autoComplete="new-password"
        spellCheck={false}
        help={`Sealed at once and shown to nobody. It goes to ${rule.host} alone.`}
        {...form.text("value")}
      />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Saving" : undefined}>
          Set secret
        </Button>
      </DialogButtons>
    </Form>
  )
}
