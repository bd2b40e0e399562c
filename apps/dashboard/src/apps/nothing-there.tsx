"use client"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { CirclePause, Hammer } from "lucide-react"
import { MachineButton } from "../machines/machine-button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { DraftButton } from "./draft-button.tsx"

interface NothingThereProps {
  project: Project
  app: App | null
}

/** Why there is no app to look at, and what brings one. */
export function NothingThere({ project, app }: NothingThereProps) {
  if (project.state === "starting" || app?.state === "starting") {
    return (
      <EmptyState icon={Hammer} title="The app is starting">
        It appears here as soon as it answers.
      </EmptyState>
    )
  }
  if (app?.state === "stopped") {
    const live = app.purpose === "live"
    return (
      <EmptyState
        icon={CirclePause}
        title={live ? "The app is stopped" : "The draft rests"}
        action={
          live ? (
            <MachineButton project={project} verb="start" />
          ) : (
            <DraftButton draft={app} verb="start" />
          )
        }
      >
        Its data is kept and there again after a start.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Hammer} title="Nothing to see yet">
      {project.state === "working" || project.state === "asking"
        ? "The app appears here as soon as the agents have started it."
        : "The app appears here once the agents have built and started it."}
    </EmptyState>
  )
}
