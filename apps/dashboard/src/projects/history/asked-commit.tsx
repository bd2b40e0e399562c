"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { CopyId } from "../../ui/copy-id.tsx"
import { Panel } from "../../ui/panel.tsx"
import { VersionDiff } from "./version-diff.tsx"

/** A commit that is no version of its own: a step of a run, or one of a candidate. */
export function AskedCommit({ projectId, commit }: { projectId: Project["id"]; commit: string }) {
  return (
    <Panel title="One commit" end={<CopyId id={commit} noun="commit" />}>
      <div className="bg-bg p-4">
        <VersionDiff projectId={projectId} to={commit} />
      </div>
    </Panel>
  )
}
