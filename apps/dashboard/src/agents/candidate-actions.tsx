"use client"
import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { ExternalLink } from "lucide-react"
import Link from "next/link"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { DraftButton } from "../apps/draft-button.tsx"
import { useOpenPreview } from "../apps/open-preview.ts"
import { useApp } from "../apps/queries.ts"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { useToast } from "../ui/toast.tsx"
import { isOpen, promoteOff } from "./comparison-looks.ts"
import { PromoteDialog } from "./promote-dialog.tsx"
import { useRunAction } from "./queries.ts"
import { isActive } from "./roles.ts"

interface CandidateActionsProps {
  comparison: Comparison
  run: Run
  number: number
}

/** What can be done with a candidate: look at it, read how it came to be, promote it. */
export function CandidateActions({ comparison, run, number }: CandidateActionsProps) {
  const project = useOpenProject()
  const { offUnless, paths } = useSession()
  const [asking, setAsking] = useState(false)
  const draft = useApp(project, run.id).data
  const open = useOpenPreview(project, run.id)
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3">
      {!isActive(run.state) ? null : draft?.state === "stopped" ? (
        <DraftButton draft={draft} verb="start" of={`candidate ${number}`} />
      ) : (
        <Button
          size="sm"
          off={draft?.state === "running" ? undefined : "Its draft does not run now."}
          onClick={open}
          aria-label={`Open draft of candidate ${number}`}
        >
          <ExternalLink aria-hidden="true" />
          Open draft
        </Button>
      )}
      <Link
        href={paths.run(run.projectId, run.id)}
        aria-label={`See run of candidate ${number}`}
        className={buttonLook({ kind: "ghost", size: "sm" })}
      >
        See run
      </Link>
      {isActive(run.state) && comparison.chosen !== run.id ? (
        <CancelCandidate run={run} number={number} />
      ) : null}
      {isOpen(comparison) ? (
        <span className="ml-auto">
          <Button
            kind="main"
            size="sm"
            off={offUnless("app:operate", "promote candidates") ?? promoteOff(comparison, run)}
            aria-label={`Promote candidate ${number}`}
            onClick={() => setAsking(true)}
          >
            Promote
          </Button>
        </span>
      ) : null}
      <PromoteDialog
        {...{ comparison, run, number }}
        open={asking}
        onClose={() => setAsking(false)}
      />
    </div>
  )
}

/** Stops one candidate: the others go on. */
function CancelCandidate({ run, number }: Pick<CandidateActionsProps, "run" | "number">) {
  const { offUnless } = useSession()
  const say = useToast()
  const cancel = useRunAction("cancel")
  const title = `Candidate ${number} goes on`
  return (
    <Button
      kind="ghost"
      size="sm"
      off={offUnless("run:start", "cancel runs")}
      busy={cancel.isPending || cancel.isSuccess ? "Cancelling run" : undefined}
      aria-label={`Cancel run of candidate ${number}`}
      onClick={() =>
        cancel.mutate(
          { params: { runId: run.id } },
          { onError: (error) => say({ glyph: "bad", title, detail: problemOf(error).detail }) },
        )
      }
    >
      Cancel
    </Button>
  )
}
