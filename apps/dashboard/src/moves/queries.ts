"use client"
import { useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { OrganizationId } from "@vibecaas/contract/kinds/tenants"
import { act } from "../api/act.ts"
import { read } from "../api/read.ts"

/** How a project came here, newest first. */
export function useMoves(projectId: Project["id"]) {
  return useQuery(read("GET /projects/{projectId}/moves", { params: { projectId } }))
}

/** What a transfer to another organization needs and takes away; read when one is chosen. */
export function useTransferCheck(projectId: Project["id"], to: OrganizationId | undefined) {
  return useQuery({
    ...read("GET /projects/{projectId}/transfer", {
      params: { projectId },
      // Asked only where one is chosen.
      query: { to: to as OrganizationId },
    }),
    enabled: to !== undefined,
    staleTime: 0,
  })
}

const renews = ["GET /projects"] as const

export const importFromGit = act("POST /imports", { renews })
export const importFromArchive = act("POST /imports/archive", { renews })
export const duplicateProject = act("POST /projects/{projectId}/copies", { renews })

export const cancelMove = act("POST /moves/{moveId}/cancel", { renews })

export const retryImport = act("POST /moves/{moveId}/retry", { renews })

export const transferProject = act("POST /projects/{projectId}/transfer", {
  renews: ({ params }) => ["GET /projects", ["GET /projects/{projectId}/moves", params]],
})
