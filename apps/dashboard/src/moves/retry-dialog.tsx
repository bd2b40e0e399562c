"use client"
import { useMutation } from "@tanstack/react-query"
import type { Move } from "@vibecaas/contract/kinds/moves"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { GitFields, type TypedGit } from "./git-fields.tsx"
import { retryImport } from "./queries.ts"

interface RetryProps {
  move: Move
  open: boolean
  onClose(): void
}

/** Begins a failed import anew, from the same address or a corrected one. */
export function RetryDialog({ move, open, onClose }: RetryProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Try the import again">
      {open ? <RetryForm move={move} onClose={onClose} /> : null}
    </Dialog>
  )
}

function RetryForm({ move, onClose }: Pick<RetryProps, "move" | "onClose">) {
  const send = useMutation(retryImport)
  const form = useForm({
    values: { url: move.from, branch: move.branch ?? "", token: "" },
    body: bodyOf,
    schema: () => schemaOf("POST /moves/{moveId}/retry"),
    send: (_, typed) => send.mutateAsync({ params: { moveId: move.id }, body: bodyOf(typed) }),
    done: onClose,
  })
  return (
    <Form form={form} label="Try the import again">
      <GitFields form={form} />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Importing" : undefined}>
          Try again
        </Button>
      </DialogButtons>
    </Form>
  )
}

function bodyOf({ url, branch, token }: TypedGit) {
  const given = token.trim() === "" ? {} : { token: token.trim() }
  return { url: url.trim(), branch: branch.trim() || null, ...given }
}
