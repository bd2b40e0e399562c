import type { App } from "@vibecaas/contract/kinds/apps"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import type { Applier } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { appOf, machineOf } from "./queries.ts"

export const machineChanged: Applier = ({ data }, { client, again, outlive }) => {
  const machine = fieldsOf<Machine>(data)
  if (!isWhole(machine)) return again("GET /projects/{projectId}/machine")
  const { projectId } = machine
  client.setQueryData(machineOf(projectId).queryKey, machine)
  outlive(["GET /projects/{projectId}/machine", { projectId }])
}

export const appChanged: Applier = ({ data }, { client, again, outlive }) => {
  const app = fieldsOf<App>(data)
  if (!isWhole(app)) return again("GET /projects/{projectId}/app")
  const { projectId } = app
  client.setQueryData(appOf(projectId).queryKey, app)
  outlive(["GET /projects/{projectId}/app", { projectId }])
}

function isWhole<Shown extends Machine | App>(data: Partial<Shown>): data is Shown {
  return data.projectId !== undefined
}
