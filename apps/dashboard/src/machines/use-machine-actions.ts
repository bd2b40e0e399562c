"use client"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import { Play, RotateCw, Square } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { useToast } from "../ui/toast.tsx"
import { machineOff } from "./machine-off.ts"
import { type MachineVerb, useMachineAction } from "./queries.ts"

/** What can be done with a machine, as buttons and the palette name it. */
export const machineActions = [
  { verb: "start", name: "Start", doing: "Starting machine", icon: Play },
  { verb: "stop", name: "Stop", doing: "Stopping machine", icon: Square },
  { verb: "restart", name: "Restart", doing: "Restarting machine", icon: RotateCw },
] as const

/** Starts, stops and restarts a machine, and says why it cannot. */
export function useMachineActions(machine: Machine | null | undefined) {
  const { offUnless } = useSession()
  const say = useToast()
  const act = useMachineAction(machine?.id)
  return {
    /** why an action is not possible now, or nothing */
    off: (verb: MachineVerb) =>
      offUnless("machine:operate", `${verb} machines`) ??
      (machine ? machineOff(verb, machine) : "There is no machine yet."),
    /** whether an action was sent and not answered yet */
    busy: act.isPending,
    go: (verb: MachineVerb) =>
      act.send(verb, (error) =>
        say({
          glyph: "bad",
          title: `The machine did not ${verb}`,
          detail: problemOf(error).detail,
        }),
      ),
  }
}
