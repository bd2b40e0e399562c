"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import dynamic from "next/dynamic"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Panel } from "../ui/panel.tsx"
import { useAsked } from "../ui/use-asked.ts"

const TransferDialog = dynamic(
  () => import("./transfer-dialog.tsx").then((module) => module.TransferDialog),
  { ssr: false },
)

/** Gives the project to another organization of whoever governs both. */
export function TransferPanel({ project }: { project: Project }) {
  const { me, organization, offUnless } = useSession()
  const asked = useAsked<true>()
  const others = me.organizations.filter(
    ({ id, role }) => id !== organization.id && (role === "owner" || role === "admin"),
  )
  const none = "You are owner or admin of no other organization."
  const off =
    offUnless("project:transfer", "give projects away") ?? (others.length > 0 ? undefined : none)
  return (
    <Panel title="Transfer">
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="max-w-[52ch] text-13 text-fg-2">
          Everything of the project goes to another organization: files, history, data, secrets and
          its address. First you see what it needs there and what it would lose.
        </p>
        <Button kind="bad-quiet" off={off} onClick={() => asked.ask(true)}>
          Transfer project
        </Button>
      </div>
      {asked.about ? (
        <TransferDialog project={project} others={others} open={asked.open} onClose={asked.close} />
      ) : null}
    </Panel>
  )
}
