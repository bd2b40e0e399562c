import type { QueryKey } from "@tanstack/react-query"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import type { Applier, LiveTools } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { appOf, machineOf } from "./queries.ts"

const machinesOf = "GET /projects/{projectId}/machines"
const appsOf = "GET /projects/{projectId}/apps"

export const machineChanged: Applier = ({ data }, tools) => {
  const machine = fieldsOf<Machine>(data)
  if (!isWhole(machine)) return tools.again(machinesOf)
  const { projectId } = machine
  if (put(tools, machineOf(projectId).queryKey, machine)) tools.outlive([machinesOf, { projectId }])
}

export const appChanged: Applier = ({ data }, tools) => {
  const app = fieldsOf<App>(data)
  if (!isWhole(app)) return tools.again(appsOf)
  const { id, projectId, settingsVersion } = app
  const known = tools.client.getQueryData(appOf(projectId).queryKey)
  if (known?.id === id && known.settingsVersion !== settingsVersion) {
    tools.again(["GET /apps/{appId}/settings", { appId: id }])
  }
  if (put(tools, appOf(projectId).queryKey, app)) tools.outlive([appsOf, { projectId }])
}

export const machineDeleted: Applier = (_, { again }) => again(machinesOf)
export const appDeleted: Applier = (_, { again }) => again(appsOf)

/** Another one than is shown is not the first: what is shown stays. @returns whether it was put */
function put({ client }: LiveTools, key: QueryKey, shown: Machine | App): boolean {
  const known = client.getQueryData<Machine | App | null>(key)
  if (shown.purpose !== "live" || (known && known.id !== shown.id)) return false
  client.setQueryData(key, shown)
  return true
}

function isWhole<Shown extends Machine | App>(data: Partial<Shown>): data is Shown {
  return data.projectId !== undefined
}
