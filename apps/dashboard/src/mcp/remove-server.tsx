"use client"
import { useMutation } from "@tanstack/react-query"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { removeServer } from "./queries.ts"
import type { ServerDialogProps } from "./server-dialog.tsx"

/** Asks before a server is removed, with its headers and what was decided of its tools. */
export function RemoveServer({ server, open, onClose }: ServerDialogProps) {
  const remove = useMutation(removeServer)
  const go = () => {
    if (!server) return
    const params = { projectId: server.projectId, serverId: server.id }
    remove.mutate({ params }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Remove ${server?.name}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="bad" busy={remove.isPending ? "Removing" : undefined} onClick={go}>
            Remove
          </Button>
        </>
      }
    >
      <Refusal problem={remove.error ? problemOf(remove.error) : undefined} />
      <p>
        Its headers and what was decided of its tools are forgotten. Agents at work call it no more.
      </p>
    </Dialog>
  )
}
