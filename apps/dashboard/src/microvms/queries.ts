"use client"
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query"
import { ApiError } from "@vibecaas/contract/client"
import type { Microvm } from "@vibecaas/contract/kinds/microvms"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { call } from "../api/call.ts"
import { read } from "../api/read.ts"

type ProjectId = Project["id"]

/** The project's machine and its app; `null` while there is none. */
export function machineOf(projectId: ProjectId) {
  const request = { params: { projectId } }
  return queryOptions<Microvm | null>({
    queryKey: ["GET /projects/{projectId}/microvm", request, "if any"],
    queryFn: ({ signal }) =>
      call("GET /projects/{projectId}/microvm", request, { signal }).catch(noneYet),
  })
}

function noneYet(error: unknown): null {
  if (error instanceof ApiError && error.problem.status === 404) return null
  throw error
}

/** The same; `null`, without a request, before there is one: the live stream brings the first. */
export function useMicrovm({ id, hasMachine }: Pick<Project, "id" | "hasMachine">) {
  return useQuery({
    ...machineOf(id),
    enabled: hasMachine,
    ...(hasMachine ? {} : { placeholderData: null }),
  })
}

const answers = (machine: Microvm) => machineOf(machine.projectId)
const actions = {
  start: act("POST /projects/{projectId}/microvm/start", { answers }),
  stop: act("POST /projects/{projectId}/microvm/stop", { answers }),
  restart: act("POST /projects/{projectId}/microvm/restart", { answers }),
}
export type MicrovmVerb = keyof typeof actions

/** Each of the actions on a machine, sent for one project. */
export function useMicrovmAction(projectId: ProjectId) {
  const sent = { params: { projectId } }
  const start = useMutation(actions.start)
  const stop = useMutation(actions.stop)
  const restart = useMutation(actions.restart)
  const all = { start, stop, restart }
  return {
    isPending: (verb: MicrovmVerb) => all[verb].isPending,
    send: (verb: MicrovmVerb, onError: (error: Error) => void) =>
      all[verb].mutate(sent, { onError }),
  }
}

/** how often the log is read again while its page is open, in `ms` */
const logEveryMs = 2000

/** The app's last output, read again while `follow` is on. */
export function useLogs(projectId: ProjectId, follow: boolean) {
  const request = { params: { projectId }, query: { tailBytes: 131_072 } }
  return useQuery({
    ...read("GET /projects/{projectId}/logs", request),
    refetchInterval: follow ? logEveryMs : false,
    staleTime: 0,
  })
}
