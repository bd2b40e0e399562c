"use client"
import { useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { read } from "../api/read.ts"

/** how often it is read again while packages are changed, or problems are asked for, in `ms` */
const againMs = 1500

/** Packages of the project's newest files, and what somebody changes now. */
export function usePackages(projectId: Project["id"]) {
  return useQuery({
    ...read("GET /projects/{projectId}/packages", { params: { projectId }, query: {} }),
    refetchInterval: ({ state: { data } }) =>
      data?.change?.state === "working" || data?.advisories === "asked" ? againMs : false,
  })
}

export const allowScript = act("PUT /projects/{projectId}/packages/script", {
  renews: ["GET /projects/{projectId}/packages"],
})

export const changePackages = act("POST /projects/{projectId}/packages", {
  renews: ["GET /projects/{projectId}/packages"],
})
