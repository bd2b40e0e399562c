"use client"
import { useMutation } from "@tanstack/react-query"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { LazyDeleteDialog } from "../form/lazy-delete-dialog.ts"
import { outside, pathsOf } from "../paths.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Panel } from "../ui/panel.tsx"
import { useToast } from "../ui/toast.tsx"
import { deleteOrganization, leaveOrganization } from "./queries.ts"

const ConfirmDialog = dynamic(
  () => import("../form/confirm-dialog.tsx").then((module) => module.ConfirmDialog),
  { ssr: false },
)

/** The ways out of an organization: to leave it, or to delete it for everybody. */
export function LeavePanel() {
  const { organization } = useSession()
  if (organization.personal) {
    return (
      <Panel title="Leave or delete">
        <p className="p-4 text-13 text-fg-2">
          This is your personal organization. It goes with your account.
        </p>
      </Panel>
    )
  }
  return (
    <Panel title="Leave or delete">
      <LeaveRow />
      <DeleteRow />
    </Panel>
  )
}

const row = "flex flex-wrap items-center justify-between gap-3 p-4 not-last:border-b border-line"

function LeaveRow() {
  const { organization } = useSession()
  const [asked, setAsked] = useState(false)
  const leave = useMutation(leaveOrganization)
  const params = { organizationId: organization.id }
  return (
    <div className={row}>
      <p className="max-w-[46ch] text-13 text-fg-2">
        You lose sight of all its projects. What you made stays with it.
      </p>
      <Button onClick={() => setAsked(true)}>Leave organization</Button>
      {asked ? (
        <ConfirmDialog
          open
          title={`Leave ${organization.name}?`}
          verb="Leave"
          doing="Leaving"
          act={leave}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await leave.mutateAsync({ params, body: {} })
            // Nothing of it may stay on any page.
            window.location.assign(outside.home())
          }}
        >
          <p>
            You lose sight of all its projects, here and in open previews, at once. Only somebody
            who invites you can bring you back.
          </p>
        </ConfirmDialog>
      ) : null}
    </div>
  )
}

function DeleteRow() {
  const router = useRouter()
  const say = useToast()
  const { me, organization, offUnless } = useSession()
  const [asked, setAsked] = useState(false)
  const remove = useMutation(deleteOrganization)
  const going = organization.state === "deleting"
  const leaveIt = () => {
    setAsked(false)
    // Its own pages end with it, at a moment that nobody sees coming.
    const other = me.organizations.find(({ id }) => id !== organization.id)
    if (!other) return
    router.push(pathsOf(other.slug).projects())
    say({ glyph: "done", title: `${organization.name} is being deleted` })
  }
  const off =
    offUnless("organization:delete", "delete the organization") ??
    (going ? "It is being deleted already." : undefined)
  return (
    <div className={row}>
      <p className="max-w-[46ch] text-13 text-fg-2">
        {going
          ? "It is being deleted. Its projects are torn down first; it goes once nothing is left."
          : "All its projects, keys, starters and people go with it, for everybody."}
      </p>
      <Button kind="bad-quiet" off={off} onClick={() => setAsked(true)}>
        Delete organization
      </Button>
      {asked ? (
        <LazyDeleteDialog
          noun="organization"
          name={organization.name}
          open
          going={going}
          onDelete={(name) =>
            remove.mutateAsync({ params: { organizationId: organization.id }, body: { name } })
          }
          onClose={() => setAsked(false)}
          onDeleted={leaveIt}
        >
          Every project of it goes with its files, data, machines and addresses, and so do its
          people’s rights, keys and starters. It is checked that nothing is left. What stays:
          records of who did what, and of what was used, which nobody can change.
        </LazyDeleteDialog>
      ) : null}
    </div>
  )
}
