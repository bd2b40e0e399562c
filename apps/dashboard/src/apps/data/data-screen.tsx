"use client"
import { ShieldX } from "lucide-react"
import { projectAllows } from "../../projects/project-allows.ts"
import { useOpenProject } from "../../projects/project-frame.tsx"
import { useSession } from "../../shell/session.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { Page } from "../../ui/page-head.tsx"
import { Panel } from "../../ui/panel.tsx"
import { BackupsPanel } from "./backups-panel.tsx"
import { FilesPanel } from "./files-panel.tsx"
import { TablesPanel } from "./tables-panel.tsx"

/** What the app keeps in /data: its tables, and backups of all of it. */
export function DataScreen() {
  const project = useOpenProject()
  const { can, offUnless, organization } = useSession()
  if (!can("data:read")) {
    return (
      <Page>
        <Panel label="Data">
          <EmptyState icon={ShieldX} title="Viewers do not see an app’s data">
            Ask an owner of {organization.name}.
          </EmptyState>
        </Panel>
      </Page>
    )
  }
  const off =
    offUnless("data:manage", "change the app’s data") ??
    (projectAllows("update", project.state) ? undefined : "The project is being deleted.")
  return (
    <Page>
      <TablesPanel project={project} off={off} />
      <FilesPanel project={project} off={off} />
      <BackupsPanel project={project} off={off} />
    </Page>
  )
}
