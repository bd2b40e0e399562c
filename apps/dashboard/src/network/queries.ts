import type { Project } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { read } from "../api/read.ts"

/** Domains that a project's machines may reach, and their newest connections. */
export const networkOf = (projectId: Project["id"]) =>
  read("GET /projects/{projectId}/network", { params: { projectId } })

const renews = ({ params: { projectId } }: { params: { projectId: Project["id"] } }) =>
  [["GET /projects/{projectId}/network", { projectId }]] as const

export const allowDomain = act("POST /projects/{projectId}/network/rules", { renews })
export const setServiceValue = act("PUT /projects/{projectId}/network/rules/{ruleId}/value", {
  renews,
})
export const revokeDomain = act("DELETE /projects/{projectId}/network/rules/{ruleId}", { renews })
