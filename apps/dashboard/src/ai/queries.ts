import type { Project } from "@vibecaas/contract/kinds/projects"
import type { OrganizationId } from "@vibecaas/contract/kinds/tenants"
import { act } from "../api/act.ts"
import { read } from "../api/read.ts"

/** Whether the project's app may ask models, and what it used this month. */
export const aiOf = (projectId: Project["id"]) =>
  read("GET /projects/{projectId}/ai", { params: { projectId } })

export const changeAi = act("PATCH /projects/{projectId}/ai", {
  answers: (_, { params }) => aiOf(params.projectId),
})

/** Which models answer the apps of the organization. */
export const aiModelsOf = (organizationId: OrganizationId) =>
  read("GET /organizations/{organizationId}/ai/models", { params: { organizationId } })

export const chooseAiModels = act("PATCH /organizations/{organizationId}/ai/models", {
  answers: (_, { params }) => aiModelsOf(params.organizationId),
  renews: ["GET /projects/{projectId}/ai"],
})
