"use client"
import type { Microvm } from "@vibecaas/contract/microvms"
import type { Project } from "@vibecaas/contract/projects"
import { CirclePause, Hammer } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { useToast } from "../ui/toast.tsx"
import { machineOff } from "./machine-off.ts"
import { useMicrovmAction } from "./queries.ts"

interface NothingThereProps {
  project: Project
  machine: Microvm | null
}

/** Why there is no app to look at, and what brings one. */
export function NothingThere({ project, machine }: NothingThereProps) {
  const { offUnless } = useSession()
  const act = useMicrovmAction(project.id)
  const say = useToast()
  if (machine?.app.state === "starting") {
    return (
      <EmptyState icon={Hammer} title="The app is starting">
        It appears here as soon as it answers.
      </EmptyState>
    )
  }
  if (machine && machine.app.state === "stopped") {
    const start = () =>
      act.mutate("start", {
        onError: (error) =>
          say({
            glyph: "bad",
            title: "The machine did not start",
            detail: problemOf(error).detail,
          }),
      })
    return (
      <EmptyState
        icon={CirclePause}
        title="The app is stopped"
        action={
          <Button
            off={offUnless("microvm:operate", "start machines") ?? machineOff("start", machine)}
            busy={act.isPending ? "Starting machine" : undefined}
            onClick={start}
          >
            Start machine
          </Button>
        }
      >
        Its data is kept and there again after a start.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Hammer} title="Nothing to see yet">
      {project.state === "working"
        ? "The app appears here as soon as the agents have started it."
        : "The app appears here once the agents have built and started it."}
    </EmptyState>
  )
}
