"use client"
import { useQuery } from "@tanstack/react-query"
import { Network, Plus } from "lucide-react"
import dynamic from "next/dynamic"
import { projectAllows } from "../projects/project-allows.ts"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { LogTable } from "./log-table.tsx"
import { networkOf } from "./queries.ts"
import { RuleTable } from "./rule-table.tsx"

const AllowDialog = dynamic(
  () => import("./allow-dialog.tsx").then((module) => module.AllowDialog),
  { ssr: false },
)

/** What the project's machines may reach, and what they did. */
export function NetworkScreen() {
  const project = useOpenProject()
  const { offUnless } = useSession()
  const network = useQuery(networkOf(project.id))
  const allowing = useAsked<true>()
  const off =
    offUnless("project:update", "change what the app may reach") ??
    (projectAllows("update", project.state) ? undefined : "The project is being deleted.")
  const skeleton = (
    <SkeletonRows what="network" widths={["w-40", "w-24", "w-32"]} className="h-11" />
  )
  const allow = (
    <Button size="sm" off={off} onClick={() => allowing.ask(true)}>
      <Plus aria-hidden="true" strokeWidth={1.75} />
      Allow a domain
    </Button>
  )
  return (
    <Page>
      <div className="grid gap-6">
        <Panel
          title="Allowed domains"
          end={network.data && network.data.items.length > 0 ? allow : undefined}
          footer="An app that runs finds a way to its first domain after its next start. What is revoked is ended at once."
        >
          <ReadBody of={network} failed="The network could not be read" skeleton={skeleton}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState icon={Network} title="Nothing is reached" action={allow}>
                  The app and the agents’ commands have no network. Agents ask when they need a
                  domain.
                </EmptyState>
              ) : (
                <RuleTable rules={items} off={off} />
              )
            }
          </ReadBody>
        </Panel>
        {network.data && network.data.log.length > 0 ? (
          <Panel
            title="Newest connections"
            footer="Written down once they end: the host, the bytes and the decision, no path and no content."
          >
            <LogTable entries={network.data.log} />
          </Panel>
        ) : null}
      </div>
      {allowing.about ? (
        <AllowDialog projectId={project.id} open={allowing.open} onClose={allowing.close} />
      ) : null}
    </Page>
  )
}
