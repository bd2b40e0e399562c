"use client"
import type { Member } from "@vibecaas/contract/member"
import dynamic from "next/dynamic"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { count } from "../ui/format.ts"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { InvitationsPanel } from "./invitations-panel.tsx"
import { MemberTable } from "./member-table.tsx"
import { useMembers } from "./queries.ts"
import { RolesPanel } from "./roles-panel.tsx"

const InviteDialog = dynamic(
  () => import("./invite-dialog.tsx").then((module) => module.InviteDialog),
  { ssr: false },
)
const RemoveDialog = dynamic(
  () => import("./remove-dialog.tsx").then((module) => module.RemoveDialog),
  { ssr: false },
)

type Asked = { what: "invite" } | { what: "remove"; member: Member }

/** Who belongs to the organization, who is invited, and what each role may do. */
export function MembersScreen() {
  const { organization, can, offUnless } = useSession()
  const { about, open, ask, close } = useAsked<Asked>()
  const members = useMembers()
  const dialog = { open, onClose: close }
  return (
    <Page>
      <PageHead
        title="People"
        actions={
          <Button
            kind="main"
            off={offUnless("member:manage", "invite people")}
            onClick={() => ask({ what: "invite" })}
          >
            Invite
          </Button>
        }
      >
        Who belongs to {organization.name}. Projects can also be shared one by one, in their
        settings.
      </PageHead>
      <Panel
        title="Members"
        footer={members.data ? count(members.data.items.length, "member") : null}
      >
        <ReadBody
          of={members}
          failed="Members could not be loaded"
          skeleton={<SkeletonRows what="members" widths={["w-32", "w-24"]} className="h-[57px]" />}
        >
          {({ items }) => (
            <MemberTable members={items} onRemove={(member) => ask({ what: "remove", member })} />
          )}
        </ReadBody>
      </Panel>
      {can("member:manage") ? <InvitationsPanel /> : null}
      <RolesPanel />
      {about?.what === "invite" ? <InviteDialog {...dialog} /> : null}
      {about?.what === "remove" ? <RemoveDialog {...dialog} member={about.member} /> : null}
    </Page>
  )
}
