import type { Machine } from "@vibecaas/contract/kinds/machines"
import type { MachineVerb } from "./queries.ts"

/** Why an action makes no sense for a machine now, or nothing. */
export function machineOff(
  verb: MachineVerb,
  { state, wanted }: Pick<Machine, "state" | "wanted">,
): string | undefined {
  if (wanted === "gone" || state === "destroying") return "The machine is being destroyed."
  if (verb === "start") {
    if (state === "running") return "It runs already."
    return state === "starting" ? "It is starting already." : undefined
  }
  if (verb === "stop") {
    if (state === "stopped") return "It is stopped already."
    if (state === "stopping") return "It is stopping already."
    return state === "requested" ? "It has not started yet." : undefined
  }
  return state === "running" || state === "failed" ? undefined : "Only a running machine restarts."
}
