"use client"
import { useMutation } from "@tanstack/react-query"
import type { App } from "@vibecaas/contract/kinds/apps"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { shortId } from "../ui/format.ts"
import { deployApp } from "./queries.ts"

interface RunVersionProps {
  app: App
  commit: string
  open: boolean
  onClose(): void
}

/** Says what running another version means, and runs it. */
export function RunVersionDialog({ app, commit, open, onClose }: RunVersionProps) {
  const deploy = useMutation(deployApp)
  return (
    <ConfirmDialog
      open={open}
      title={`Run version ${shortId(commit)}?`}
      verb="Run this version"
      doing="Asking for version"
      kind="main"
      act={deploy}
      onConfirm={async () => {
        await deploy.mutateAsync({ params: { appId: app.id }, body: { commit } })
        onClose()
      }}
      onClose={onClose}
    >
      <ul className="grid list-disc gap-1.5 pl-4">
        {app.commit ? (
          <li>
            It takes the place of version <span className="mono">{shortId(app.commit)}</span>.
            Visitors wait until it runs; if it does not run well, what runs now comes back.
          </li>
        ) : null}
        <li>
          The data stay as they are: what other versions wrote or changed in them is not undone.
        </li>
        <li>It starts with the settings as they are now.</li>
        <li>The project’s files stay at their newest commit.</li>
      </ul>
    </ConfirmDialog>
  )
}
