"use client"
import { useMutation } from "@tanstack/react-query"
import type { Member } from "@vibecaas/contract/member"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { useSession } from "../shell/session.tsx"
import { count } from "../ui/format.ts"
import { removeMember } from "./queries.ts"

interface RemoveDialogProps {
  member: Member
  open: boolean
  onClose(): void
}

/** Asks before somebody is shut out, and says what that takes along. */
export function RemoveDialog({ member, open, onClose }: RemoveDialogProps) {
  const { organization } = useSession()
  const remove = useMutation(removeMember)
  const params = { organizationId: organization.id, userId: member.userId }
  return (
    <ConfirmDialog
      open={open}
      title={`Remove ${member.name}?`}
      verb="Remove"
      doing="Removing"
      act={remove}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ params })
        onClose()
      }}
    >
      <p>
        They lose everything of {organization.name} at once: pages that are open, previews, and what
        was shared with them. What they made stays.
        {member.keys > 0
          ? ` They know the secret of ${count(member.keys, "API key")}: it ends now, and programs that use it stop until you rotate the key.`
          : ""}
      </p>
    </ConfirmDialog>
  )
}
