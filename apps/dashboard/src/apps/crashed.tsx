"use client"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { MachineButton } from "../machines/machine-button.tsx"
import { Note } from "../ui/note.tsx"
import { afterCrash } from "./after-crash.ts"
import { DraftButton } from "./draft-button.tsx"

/** That an app ended by itself, and what helps. */
export function Crashed({ project, app }: { project: Project; app: App }) {
  const live = app.purpose === "live"
  return (
    <Note tone="warn" title={live ? "The app crashed." : "The draft crashed."} className="w-full">
      {app.failure} {live ? afterCrash(app.restarts) : afterDraftCrash(app)}
      <span className="mt-2 block">
        {live ? (
          <MachineButton project={project} verb="restart" />
        ) : (
          <DraftButton draft={app} verb="restart" />
        )}
      </span>
    </Note>
  )
}

/** A version that is being proved stays as it ended: whoever asked for it reads why. */
const afterDraftCrash = ({ follows }: App) =>
  follows
    ? "The next change to its files starts it again."
    : "Agents read what it printed, and start the next version."
