import type { App } from "@vibecaas/contract/kinds/apps"
import { itemsIn, putItem } from "../api/kept.ts"
import type { Applier } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { appsOf } from "./queries.ts"

const route = "GET /projects/{projectId}/apps"

export const appChanged: Applier = ({ data }, { client, again, outlive }) => {
  const app = fieldsOf<App>(data)
  const { id: appId, projectId, settingsVersion } = app
  if (projectId === undefined || appId === undefined) return again(route)
  const { queryKey } = appsOf(projectId)
  const known = itemsIn(client.getQueryData(queryKey)).find(({ id }) => id === appId)
  if (known && known.settingsVersion !== settingsVersion) {
    again(["GET /apps/{appId}/settings", { appId }])
  }
  again(["GET /apps/{appId}/releases", { appId }])
  again(["GET /projects/{projectId}/versions", { projectId }])
  // With its project it is whole, as the API shows it.
  const put = putItem(client, queryKey, app as App)
  ;(put ? outlive : again)([route, { projectId }])
}

export const backupsChanged: Applier = (_, { again }) => again("GET /projects/{projectId}/backups")

export const appDeleted: Applier = (_, { again }) => again(route)
