"use client"
import { useMutation } from "@tanstack/react-query"
import type { Starter } from "@vibecaas/contract/kinds/starters"
import { useRouter } from "next/navigation"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { useSession } from "../shell/session.tsx"
import { deleteStarter } from "./queries.ts"

interface DeleteStarterDialogProps {
  starter: Pick<Starter, "id" | "name">
  open: boolean
  onClose(): void
}

/** Asks whether a starter is to go, and says why it stays when it does. */
export function DeleteStarterDialog({ starter, open, onClose }: DeleteStarterDialogProps) {
  const router = useRouter()
  const { organization, paths } = useSession()
  const remove = useMutation(deleteStarter)
  return (
    <ConfirmDialog
      open={open}
      title={`Delete the starter “${starter.name.en}”?`}
      verb="Delete starter"
      doing="Deleting starter"
      act={remove}
      onConfirm={async () => {
        await remove.mutateAsync({
          params: { starterId: starter.id },
          query: { organizationId: organization.id },
        })
        router.push(paths.starters())
      }}
      onClose={onClose}
    >
      <p>Projects that began with it stay as they are. This cannot be undone.</p>
    </ConfirmDialog>
  )
}
