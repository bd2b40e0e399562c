"use client"
import type { InvitationWithLink } from "@vibecaas/contract/kinds/people"
import { Dialog } from "../ui/dialog.tsx"
import { LinkShown } from "./link-shown.tsx"

interface LinkDialogProps {
  made: InvitationWithLink
  onClose(): void
}

/** The link of an invitation that was just made, or sent again. */
export function LinkDialog({ made, onClose }: LinkDialogProps) {
  return (
    <Dialog open onClose={onClose} title="Link of the invitation">
      <LinkShown made={made} onDone={onClose} />
    </Dialog>
  )
}
