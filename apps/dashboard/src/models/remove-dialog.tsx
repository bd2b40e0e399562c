"use client"
import { useMutation } from "@tanstack/react-query"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import type { ProviderDialogProps } from "./provider-dialog.tsx"
import { removeProvider } from "./queries.ts"

/** Asks before a key is forgotten, which cannot be undone. */
export function RemoveDialog({ provider, open, onClose }: ProviderDialogProps) {
  const remove = useMutation(removeProvider)
  const go = async () => {
    if (!provider) return
    await remove.mutateAsync({ params: { provider: provider.name } })
    onClose()
  }
  return (
    <ConfirmDialog
      open={open}
      title={`Remove what is set for ${provider?.maker}?`}
      verb="Remove"
      doing="Removing"
      act={remove}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        Its key and address are forgotten; what the environment says counts again. Agents that ask
        it and cannot any more ask who takes over, or their tasks fail and say why.
      </p>
    </ConfirmDialog>
  )
}
