"use client"
import { useMutation } from "@tanstack/react-query"
import type { Secret } from "@vibecaas/contract/kinds/secrets"
import { faultOfSecret, generatedTypes } from "@vibecaas/contract/secret-types"
import { problemOf } from "../api/problem.ts"
import { Form } from "../form/form.tsx"
import { Refusal } from "../form/refusal.tsx"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { rotateSecret, setValue } from "./queries.ts"
import { ValueField } from "./value-field.tsx"

export interface SecretDialogProps {
  secret: Secret
  open: boolean
  onClose(): void
}

/** A new version of a secret: typed, or made by the platform. */
export function ValueDialog(props: SecretDialogProps) {
  const title = `New value of ${props.secret.name}`
  return (
    <Dialog open={props.open} onClose={props.onClose} title={title}>
      {props.open ? <ValueForm {...props} title={title} /> : null}
    </Dialog>
  )
}

function ValueForm({ secret, onClose, title }: SecretDialogProps & { title: string }) {
  const params = { secretId: secret.id }
  const set = useMutation(setValue)
  const rotate = useMutation(rotateSecret)
  const form = useForm<{ value: string }, Secret>({
    values: { value: "" },
    body: ({ value }) => ({ value }),
    send: (_, body) => set.mutateAsync({ params, body }),
    done: onClose,
    check: ({ value }) => ({ value: faultOfSecret(secret.type, value) }),
    guarded: true,
  })
  const make = () => rotate.mutate({ params }, { onSuccess: onClose })
  return (
    <Form form={form} label={title}>
      <Refusal problem={rotate.error ? problemOf(rotate.error) : undefined} />
      <ValueField
        type={secret.type}
        help={`Version ${secret.current.number + 1}. ${consequence(secret)}`}
        {...form.text("value")}
      />
      <DialogButtons onCancel={onClose}>
        {generatedTypes.includes(secret.type) ? (
          <Button busy={rotate.isPending ? "Making" : undefined} onClick={make}>
            Make one
          </Button>
        ) : null}
        <Button type="submit" kind="main" busy={form.pending ? "Saving" : undefined}>
          Save
        </Button>
      </DialogButtons>
    </Form>
  )
}

/** What a change does to apps, before it is made. */
export function consequence({ usedBy }: Secret): string {
  const live = usedBy.filter(({ purpose }) => purpose === "live").length
  if (usedBy.length === 0) return "No app has been started with it yet."
  const drafts = usedBy.length - live
  const parts = [
    live > 0 ? `the live app of ${names(usedBy, "live")}` : "",
    drafts > 0 ? `drafts of ${names(usedBy, "draft")}` : "",
  ].filter(Boolean)
  return `It restarts ${parts.join(" and ")}.`
}

const names = (uses: Secret["usedBy"], purpose: "live" | "draft") =>
  [...new Set(uses.filter((use) => use.purpose === purpose).map((use) => use.projectName))].join(
    ", ",
  )
