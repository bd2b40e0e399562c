"use client"
import { useMutation } from "@tanstack/react-query"
import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { promoteCandidate } from "./queries.ts"

interface PromoteDialogProps {
  comparison: Comparison
  run: Run
  number: number
  open: boolean
  onClose(): void
}

/** Says what promoting a candidate means, and does it. */
export function PromoteDialog({ comparison, run, number, open, onClose }: PromoteDialogProps) {
  const promote = useMutation(promoteCandidate)
  const params = { comparisonId: comparison.id }
  const go = async () => {
    await promote.mutateAsync({ params, body: { runId: run.id } })
    onClose()
  }
  return (
    <ConfirmDialog
      open={open}
      title={`Promote candidate ${number}?`}
      verb="Promote"
      doing="Promoting"
      kind="main"
      act={promote}
      onConfirm={go}
      onClose={onClose}
    >
      <ul className="grid list-disc gap-1.5 pl-4">
        <li>
          It takes the place of the app that people use, on their data. A snapshot of these is taken
          first; if it does not start, all is put back and you can promote another.
        </li>
        <li>The project’s files become those of this candidate.</li>
        <li>Once people have it, the others stop and their drafts are deleted.</li>
      </ul>
    </ConfirmDialog>
  )
}
