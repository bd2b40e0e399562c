"use client"
import { useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { read } from "../api/read.ts"

/** How a project came here, newest first. */
export function useMoves(projectId: Project["id"]) {
  return useQuery(read("GET /projects/{projectId}/moves", { params: { projectId } }))
}

const renews = ["GET /projects"] as const

export const importFromGit = act("POST /imports", { renews })
export const importFromArchive = act("POST /imports/archive", { renews })
export const duplicateProject = act("POST /projects/{projectId}/copies", { renews })

export const cancelMove = act("POST /moves/{moveId}/cancel", { renews })
