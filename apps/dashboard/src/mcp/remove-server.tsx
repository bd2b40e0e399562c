"use client"
import { useMutation } from "@tanstack/react-query"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { removeServer } from "./queries.ts"
import type { ServerDialogProps } from "./server-dialog.tsx"

/** Asks before a server is removed, with its headers and what was decided of its tools. */
export function RemoveServer({ server, open, onClose }: ServerDialogProps) {
  const remove = useMutation(removeServer)
  const go = async () => {
    if (!server) return
    const params = { projectId: server.projectId, serverId: server.id }
    await remove.mutateAsync({ params })
    onClose()
  }
  return (
    <ConfirmDialog
      open={open}
      title={`Remove ${server?.name}?`}
      verb="Remove"
      doing="Removing"
      act={remove}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        Its headers and what was decided of its tools are forgotten. Agents at work call it no more.
      </p>
    </ConfirmDialog>
  )
}
