"use client"
import { useMutation } from "@tanstack/react-query"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { RunMessage } from "@vibecaas/contract/run-message"
import { useRouter } from "next/navigation"
import { problemOf } from "../api/problem.ts"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { isRun, startRun } from "./queries.ts"
import { isActive } from "./roles.ts"

/** That no agent has read a message yet; once the run is over, that none will, and a way to ask again. */
export function Unheard({ run, message }: { run: Run; message: RunMessage }) {
  if (message.heardAt !== null) return null
  if (isActive(run.state)) return <span className="text-12 text-fg-3"> Not read yet</span>
  return <TooLate run={run} message={message} />
}

function TooLate({ run, message }: { run: Run; message: RunMessage }) {
  const router = useRouter()
  const { offUnless, paths } = useSession()
  const project = useOpenProject()
  const ask = useMutation(startRun)
  const busy = ["working", "asking", "deleting"].includes(project.state)
    ? "Wait until the agents are done with what they do now."
    : undefined
  const again = async () => {
    const body = { projectId: run.projectId, goal: message.text }
    const next = await ask.mutateAsync({ body }).catch(() => undefined)
    if (!next) return
    router.push(isRun(next) ? paths.run(next.projectId, next.id) : paths.project(next.projectId))
  }
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 py-1 text-12 text-fg-2">
      It came too late: no agent read it.
      <Button
        size="sm"
        off={offUnless("run:start", "start runs") ?? busy}
        busy={ask.isPending ? "Starting run" : undefined}
        onClick={() => void again()}
      >
        Ask for it in a new run
      </Button>
      {ask.error ? (
        <span role="alert" className="text-bad-fg">
          {problemOf(ask.error).detail}
        </span>
      ) : null}
    </span>
  )
}
