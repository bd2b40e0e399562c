"use client"
import { useMutation } from "@tanstack/react-query"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import type { ProviderDialogProps } from "./provider-dialog.tsx"
import { removeProvider } from "./queries.ts"

/** Asks before a key is forgotten, which cannot be undone. */
export function RemoveDialog({ provider, open, onClose }: ProviderDialogProps) {
  const remove = useMutation(removeProvider)
  const forget = () => {
    if (!provider) return
    remove.mutate({ params: { provider: provider.name } }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Remove what is set for ${provider?.maker}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="bad" busy={remove.isPending ? "Removing" : undefined} onClick={forget}>
            Remove
          </Button>
        </>
      }
    >
      <Refusal problem={remove.error ? problemOf(remove.error) : undefined} />
      <p>
        Its key and address are forgotten; what the environment says counts again. Agents that ask
        it and cannot any more ask who takes over, or their tasks fail and say why.
      </p>
    </Dialog>
  )
}
