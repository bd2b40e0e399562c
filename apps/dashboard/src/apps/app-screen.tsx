"use client"
import { Zap } from "lucide-react"
import { AiPanel } from "../ai/ai-panel.tsx"
import { useOpenProject } from "../projects/project-frame.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { AppPanel, LastLines } from "./app-panel.tsx"
import { useApp } from "./queries.ts"
import { ReleasesPanel } from "./releases-panel.tsx"
import { SettingsPanel } from "./settings-panel.tsx"

/** The project's app: how it is, how it is started, and what became of its versions. */
export function AppScreen() {
  const project = useOpenProject()
  const app = useApp(project)
  if (!app.data) {
    return (
      <Page>
        <Panel label="App">
          {app.error ? (
            <ErrorPanel title="The app could not be read" error={app.error} onRetry={app.refetch} />
          ) : app.data === null ? (
            <EmptyState icon={Zap} title="No app yet">
              It is here once the agents have started it.
            </EmptyState>
          ) : (
            <SkeletonRows what="app" widths={["w-24", "w-20", "w-28"]} className="h-9" />
          )}
        </Panel>
        {app.data === null ? <AiPanel project={project} app={null} /> : null}
      </Page>
    )
  }
  return (
    <Page>
      <div className="grid grid-cols-2 items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <div className="grid min-w-0 gap-6">
          <AppPanel app={app.data} />
          <AiPanel project={project} app={app.data} />
        </div>
        <SettingsPanel app={app.data} />
      </div>
      <LastLines app={app.data} />
      <ReleasesPanel app={app.data} />
    </Page>
  )
}
