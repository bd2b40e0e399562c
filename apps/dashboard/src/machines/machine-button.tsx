"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Button } from "../ui/button.tsx"
import { type MachineVerb, useMachine } from "./queries.ts"
import { machineActions, useMachineActions } from "./use-machine-actions.ts"

interface MachineButtonProps {
  project: Project
  verb: MachineVerb
}

/** One action on the project’s first machine, where its app is looked at. */
export function MachineButton({ project, verb }: MachineButtonProps) {
  const { off, busy, go } = useMachineActions(useMachine(project).data)
  const action = machineActions.find((each) => each.verb === verb)
  return (
    <Button
      size="sm"
      off={off(verb)}
      busy={busy(verb) ? action?.doing : undefined}
      onClick={() => go(verb)}
    >
      {action?.name} machine
    </Button>
  )
}
