import type { RouteRequest } from "@vibecaas/contract/route"
import type { Routes } from "@vibecaas/contract/routes"
import { instantsOf } from "../ui/date-range.tsx"

type Query = NonNullable<RouteRequest<Routes["GET /organizations/{organizationId}/audit"]>["query"]>

/** What a person asks for; empty texts leave nothing out. */
export interface RecordFilter {
  action: string
  by: string
  /** who was clicked on */
  actor: { id: string; name: string } | null
  projectId: string
  /** days in UTC, both included */
  from: string
  until: string
}

export const everything: RecordFilter = {
  ...{ action: "", by: "", actor: null, projectId: "", from: "", until: "" },
}

/** The filter as the API takes it. */
export function queryOf({ action, by, actor, projectId, from, until }: RecordFilter) {
  const query = {
    ...(action ? { action } : {}),
    ...(by ? { by } : {}),
    ...(actor ? { actor: actor.id } : {}),
    ...(projectId ? { projectId } : {}),
    ...(from ? { from: instantsOf({ from, to: from }).from } : {}),
    ...(until ? { until: instantsOf({ from: until, to: until }).to } : {}),
  }
  return query as Omit<Query, "limit" | "cursor"> // chosen from lists of the API's own words
}
