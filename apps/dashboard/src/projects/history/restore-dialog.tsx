"use client"
import { useMutation } from "@tanstack/react-query"
import type { Version } from "@vibecaas/contract/version"
import { ConfirmDialog } from "../../form/confirm-dialog.tsx"
import { shortId } from "../../ui/format.ts"
import { useToast } from "../../ui/toast.tsx"
import { useOpenProject } from "../project-frame.tsx"
import { restoreVersion } from "../queries.ts"
import { DataStay, tellMade } from "./made.tsx"
import { titleOf } from "./version-words.ts"

interface RestoreProps {
  version: Version
  open: boolean
  onClose(): void
}

/** Says what restoring means, and does it. */
export function RestoreDialog({ version, open, onClose }: RestoreProps) {
  const { id: projectId } = useOpenProject()
  const say = useToast()
  const restore = useMutation(restoreVersion)
  return (
    <ConfirmDialog
      open={open}
      title={`Restore version ${shortId(version.id)}?`}
      verb="Restore this version"
      doing="Restoring version"
      kind="main"
      act={restore}
      onConfirm={async () => {
        const made = await restore.mutateAsync({
          params: { projectId },
          body: { commit: version.id },
        })
        tellMade(say, `Version ${shortId(version.id)} is restored`, made)
        onClose()
      }}
      onClose={onClose}
    >
      <p className="line-clamp-3">{titleOf(version)}</p>
      <ul className="grid list-disc gap-1.5 pl-4">
        <li>All files become what they were then. Later versions stay in the history.</li>
        <DataStay />
      </ul>
    </ConfirmDialog>
  )
}
