import { useQuery } from "@tanstack/react-query"
import type { IdOf } from "@vibecaas/contract/kinds"
import { act } from "../api/act.ts"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"

/** Whose secrets a page shows: of a project, or of the organization beside its projects. */
export type Owner = IdOf<"project"> | null

export function useSecrets(owner: Owner) {
  const { organization } = useSession()
  const ofProject = useQuery({
    // A page of the organization never asks.
    ...read("GET /projects/{projectId}/secrets", { params: { projectId: owner ?? "prj_" } }),
    enabled: owner !== null,
  })
  const params = { organizationId: organization.id }
  const ofOrganization = useQuery({
    ...read("GET /organizations/{organizationId}/secrets", { params }),
    enabled: owner === null,
  })
  return owner === null ? ofOrganization : ofProject
}

export const useSecret = (secretId: IdOf<"secret">) =>
  useQuery(read("GET /secrets/{secretId}", { params: { secretId } }))

const renews = [
  "GET /projects/{projectId}/secrets",
  "GET /organizations/{organizationId}/secrets",
  "GET /secrets/{secretId}",
] as const

export const addToProject = act("POST /projects/{projectId}/secrets", { renews })
export const addToOrganization = act("POST /organizations/{organizationId}/secrets", { renews })
export const importToProject = act("POST /projects/{projectId}/secrets/import", { renews })
export const importToOrganization = act("POST /organizations/{organizationId}/secrets/import", {
  renews,
})
export const changeSecret = act("PATCH /secrets/{secretId}", { renews })
export const setValue = act("POST /secrets/{secretId}/versions", { renews })
export const rotateSecret = act("POST /secrets/{secretId}/rotate", { renews })
export const revealSecret = act("POST /secrets/{secretId}/reveal")
export const shareSecret = act("POST /secrets/{secretId}/shares", { renews })
export const endShare = act("DELETE /secrets/{secretId}/shares/{shareId}", { renews })
export const deleteSecret = act("DELETE /secrets/{secretId}", { renews })
