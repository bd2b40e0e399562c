"use client"
import { useApp } from "../../apps/queries.ts"
import { isTakenBack, TakenBack } from "../../apps/taken-back.tsx"
import { shortId } from "../../ui/format.ts"
import { Note } from "../../ui/note.tsx"
import { useOpenProject } from "../project-frame.tsx"
import { RunNewest } from "./run-newest.tsx"

/** Says that the newest files are not what visitors see, and has them run; nothing where they are, or nothing runs. */
export function NotLive({ commit }: { commit: string | undefined }) {
  const app = useApp(useOpenProject()).data
  if (!commit || !app?.commit || app.commit === commit) return null
  if (isTakenBack(app)) return <TakenBack app={app} />
  if (app.commitWanted === commit) return null
  return (
    <Note title="The newest files do not run yet.">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span>
          Visitors see version <span className="mono">{shortId(app.commit)}</span>.
        </span>
        <RunNewest commit={commit} label={`Run version ${shortId(commit)}`} />
      </span>
    </Note>
  )
}
