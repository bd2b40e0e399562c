import type { Store } from "@vibecaas/contract/store"
import { changeItems } from "../api/kept.ts"
import type { Applier } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { storeOf } from "./queries.ts"

/** What of a store changes with it. */
const below = [
  "GET /stores/{storeId}/events",
  "GET /stores/{storeId}/releases",
  "GET /stores/{storeId}/backups",
  "GET /stores/{storeId}/drills",
  "GET /stores/{storeId}/probes",
] as const

export const storeChanged: Applier = ({ id, data }, { client, again, outlive }) => {
  const news = fieldsOf<Store>(data)
  // With its changes it is whole, as the API shows it; a part that it lacks now it had before.
  if (news.changes === undefined)
    return again("GET /stores", ["GET /stores/{storeId}/*", { storeId: id }])
  const whole = news as Store
  client.setQueryData(storeOf(id).queryKey, (known) => known && whole)
  let listed = false
  changeItems(client, "GET /stores", (store) => {
    listed ||= store.id === id
    return store.id === id ? whole : store
  })
  // One that is new is in no list that was read before it was made.
  if (!listed) again("GET /stores")
  outlive("GET /stores", ["GET /stores/{storeId}", { storeId: id }])
  again(...below.map((route) => [route, { storeId: id }] as const))
}

export const storeDeleted: Applier = ({ id }, { again }) =>
  again("GET /stores", "GET /store-backups", ["GET /stores/{storeId}/*", { storeId: id }])
