"use client"
import type { InvitationWithLink } from "@vibecaas/contract/kinds/people"
import { useMailStandIn } from "../shell/platform.ts"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"

interface LinkShownProps {
  made: InvitationWithLink
  onDone(): void
}

/** The link of an invitation, which nobody can read again. */
export function LinkShown({ made: { invitation, link, mailed }, onDone }: LinkShownProps) {
  const noServer = useMailStandIn()
  const sent = noServer
    ? "No mail server is set up here, so nothing reaches them by itself: give them this link."
    : `It is on its way to ${invitation.email}. You can also give them this link yourself.`
  return (
    <div className="grid gap-4">
      <p>{mailed ? sent : "Give it to the person you mean. It is shown only now."}</p>
      <CopyText label="Link" text={link} wraps />
      <div className="-mx-5 -mb-5 flex justify-end border-t border-line px-5 py-3">
        <Button kind="main" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  )
}
