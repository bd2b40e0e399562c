import type { Microvm } from "@vibecaas/contract/kinds/microvms"
import type { Applier } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { machineOf } from "./queries.ts"

export const microvmChanged: Applier = ({ data }, { client, again, outlive }) => {
  const machine = fieldsOf<Microvm>(data)
  if (!isWhole(machine)) return again("GET /projects/{projectId}/microvm")
  const { projectId } = machine
  client.setQueryData(machineOf(projectId).queryKey, machine)
  outlive(["GET /projects/{projectId}/microvm", { projectId }])
}

function isWhole(machine: Partial<Microvm>): machine is Microvm {
  return machine.projectId !== undefined
}
