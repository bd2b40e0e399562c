"use client"
import { useMutation } from "@tanstack/react-query"
import type { App } from "@vibecaas/contract/kinds/apps"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
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
  const go = () =>
    deploy.mutate({ params: { appId: app.id }, body: { commit } }, { onSuccess: onClose })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Run version ${shortId(commit)}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="main"
            busy={deploy.isPending ? "Asking for version" : undefined}
            onClick={go}
          >
            Run this version
          </Button>
        </>
      }
    >
      <Refusal problem={deploy.error ? problemOf(deploy.error) : undefined} />
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
    </Dialog>
  )
}
