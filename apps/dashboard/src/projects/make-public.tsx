"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { hostOf } from "./preview-address.ts"

interface MakePublicProps {
  project: Project
  go(): void
  close(): void
}

/** Asks before strangers see an app and what is in it. */
export function MakePublic({ project, go, close }: MakePublicProps) {
  return (
    <Dialog
      open
      onClose={close}
      title={`Show ${project.name} to everybody?`}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="main" onClick={go}>
            Make public
          </Button>
        </>
      }
    >
      <p>
        Everybody who knows{" "}
        <span className="mono [overflow-wrap:anywhere]">{hostOf(project.previewUrl)}</span> sees the
        app with all its records, and may change what the app lets strangers change.
      </p>
      <p>You can make it private again at any time.</p>
    </Dialog>
  )
}
