"use client"
import { useMutation } from "@tanstack/react-query"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { revokeKey } from "./queries.ts"
import type { KeyDialogProps } from "./rotate-dialog.tsx"

/** Asks before a key is ended for good. */
export function RevokeDialog({ apiKey, open, onClose }: KeyDialogProps) {
  const revoke = useMutation(revokeKey)
  const go = async () => {
    await revoke.mutateAsync({ params: { keyId: apiKey.id } })
    onClose()
  }
  return (
    <ConfirmDialog
      open={open}
      title={`Revoke ${apiKey.name}?`}
      verb="Revoke"
      doing="Revoking"
      act={revoke}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        Whatever uses it is refused from now on, and what it has open is closed. This cannot be
        undone.{" "}
        {apiKey.lastUsedAt ? (
          <>
            It was last used <RelativeTime at={apiKey.lastUsedAt} />.
          </>
        ) : (
          "It was never used."
        )}
      </p>
    </ConfirmDialog>
  )
}
