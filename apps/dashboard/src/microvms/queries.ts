"use client"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { ApiError } from "@vibecaas/contract/client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { call } from "../api/call.ts"
import { keys } from "../api/keys.ts"

type ProjectId = Project["id"]

/** The project's machine and its app; `null`, without a request, before there is one. */
export function useMicrovm({ id: projectId, hasMachine }: Pick<Project, "id" | "hasMachine">) {
  return useQuery({
    queryKey: keys.microvm(projectId),
    queryFn: ({ signal }) =>
      call("GET /projects/{projectId}/microvm", { params: { projectId } }, { signal }).catch(
        noneYet,
      ),
    // The live stream brings the first one.
    enabled: hasMachine,
    ...(hasMachine ? {} : { placeholderData: null }),
  })
}

function noneYet(error: unknown): null {
  if (error instanceof ApiError && error.problem.status === 404) return null
  throw error
}

export type MicrovmVerb = "start" | "stop" | "restart"

export function useMicrovmAction(projectId: ProjectId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (verb: MicrovmVerb) =>
      call(`POST /projects/{projectId}/microvm/${verb}`, { params: { projectId } }),
    onSuccess: (machine) => client.setQueryData(keys.microvm(projectId), machine),
  })
}

/** how often the log is read again while its page is open, in `ms` */
const logEveryMs = 2000

/** The app's last output, read again while `follow` is on. */
export function useLogs(projectId: ProjectId, follow: boolean) {
  return useQuery({
    queryKey: keys.logs(projectId),
    queryFn: ({ signal }) =>
      call(
        "GET /projects/{projectId}/logs",
        { params: { projectId }, query: { tailBytes: 131_072 } },
        { signal },
      ),
    refetchInterval: follow ? logEveryMs : false,
    staleTime: 0,
  })
}
