"use client"
import { useMutation } from "@tanstack/react-query"
import type { Invitation, InvitationWithLink } from "@vibecaas/contract/kinds/people"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { RelativeTime, TimeUntil } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useToast } from "../ui/toast.tsx"
import { capitalized } from "../ui/words.ts"
import { LazyLinkDialog } from "./lazy-link-dialog.ts"
import { resendInvitation, revokeInvitation } from "./queries.ts"
import { levelOptions } from "./role-words.ts"

/** Open invitations: to whom, to what, until when. */
export function InvitationTable({ invitations }: { invitations: readonly Invitation[] }) {
  const [made, setMade] = useState<InvitationWithLink>()
  return (
    <>
      <Table aria-label="Open invitations">
        <TableHead>
          <HeadCell>To</HeadCell>
          <HeadCell className="w-[26%]">As</HeadCell>
          <HeadCell className="w-[18%]">Ends</HeadCell>
          <HeadCell className="w-48">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <TableBody>
          {invitations.map((each) => (
            <InvitationRow key={each.id} invitation={each} onSent={setMade} />
          ))}
        </TableBody>
      </Table>
      {made ? <LazyLinkDialog made={made} onClose={() => setMade(undefined)} /> : null}
    </>
  )
}

const asWhat = ({ role, project }: Invitation) =>
  project
    ? `${levelOptions.find(({ value }) => value === project.level)?.label}: ${project.name}`
    : capitalized(role ?? "")

interface InvitationRowProps {
  invitation: Invitation
  onSent(made: InvitationWithLink): void
}

function InvitationRow({ invitation, onSent }: InvitationRowProps) {
  const say = useToast()
  const resend = useMutation(resendInvitation)
  const revoke = useMutation(revokeInvitation)
  const to = invitation.email ?? "Whoever has the link"
  const params = { invitationId: invitation.id }
  const refused = (title: string) => ({
    onError: (error: unknown) => say({ glyph: "bad", title, detail: problemOf(error).detail }),
  })
  return (
    <Row>
      <Cell className="py-2 max-md:col-span-2">
        <span className="block truncate font-medium" title={to}>
          {to}
        </span>
        <span className="block truncate text-12 text-fg-3">
          by {invitation.invitedBy}, <RelativeTime at={invitation.createdAt} />
        </span>
      </Cell>
      <Cell className="text-fg-2">
        <span className="block truncate" title={asWhat(invitation)}>
          {asWhat(invitation)}
        </span>
      </Cell>
      <Cell className="text-fg-2 max-md:text-right">
        {invitation.state === "expired" ? (
          <State look={{ glyph: "off", word: "Expired" }} />
        ) : (
          <>
            <span className="md:hidden">Ends </span>
            <TimeUntil at={invitation.expiresAt} />
          </>
        )}
      </Cell>
      <Cell className="text-right max-md:col-span-2 max-md:text-left">
        <span className="inline-flex gap-2">
          <Button
            size="sm"
            aria-label={`Send to ${to} again`}
            busy={resend.isPending ? "Sending" : undefined}
            onClick={() =>
              resend.mutate(
                { params, body: {} },
                { onSuccess: onSent, ...refused("It was not sent again") },
              )
            }
          >
            {invitation.email ? "Send again" : "New link"}
          </Button>
          <Button
            size="sm"
            aria-label={`Revoke the invitation of ${to}`}
            busy={revoke.isPending ? "Revoking" : undefined}
            onClick={() => revoke.mutate({ params }, refused("It was not revoked"))}
          >
            Revoke
          </Button>
        </span>
      </Cell>
    </Row>
  )
}
