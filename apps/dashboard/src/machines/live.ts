import type { Machine } from "@vibecaas/contract/kinds/machines"
import { putItem } from "../api/kept.ts"
import type { Applier } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { machinesOf } from "./queries.ts"

const route = "GET /projects/{projectId}/machines"

export const machineChanged: Applier = ({ data }, { client, again, outlive }) => {
  const machine = fieldsOf<Machine>(data)
  const { projectId } = machine
  if (projectId === undefined) return again(route)
  // With its project it is whole, as the API shows it.
  const put = putItem(client, machinesOf(projectId).queryKey, machine as Machine)
  ;(put ? outlive : again)([route, { projectId }])
}

export const machineDeleted: Applier = (_, { again }) => again(route)
