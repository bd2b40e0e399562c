"use client"
import type { Invitation } from "@vibecaas/contract/kinds/people"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { InvitationTable } from "./invitation-table.tsx"
import { useInvitations } from "./queries.ts"

/** Invitations that were not accepted yet. */
export function InvitationsPanel() {
  const invitations = useInvitations()
  return (
    <Panel title="Open invitations">
      <ReadBody
        of={invitations}
        failed="Invitations could not be loaded"
        skeleton={<SkeletonRows what="invitations" widths={["w-40"]} className="h-[57px]" />}
      >
        {({ items }) => <Listed items={items} />}
      </ReadBody>
    </Panel>
  )
}

function Listed({ items }: { items: readonly Invitation[] }) {
  if (items.length > 0) return <InvitationTable invitations={items} />
  return <p className="p-4 text-13 text-fg-2">Nobody is invited who has not answered yet.</p>
}
