"use client"
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query"
import { ApiError } from "@vibecaas/contract/client"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { call } from "../api/call.ts"
import { read } from "../api/read.ts"

type ProjectId = Project["id"]

/** The project's machine; `null` while there is none. */
export function machineOf(projectId: ProjectId) {
  const request = { params: { projectId } }
  return queryOptions<Machine | null>({
    queryKey: ["GET /projects/{projectId}/machine", request, "if any"],
    queryFn: ({ signal }) =>
      call("GET /projects/{projectId}/machine", request, { signal }).catch(noneYet),
  })
}

/** The project's app; `null` while there is none. */
export function appOf(projectId: ProjectId) {
  const request = { params: { projectId } }
  return queryOptions<App | null>({
    queryKey: ["GET /projects/{projectId}/app", request, "if any"],
    queryFn: ({ signal }) =>
      call("GET /projects/{projectId}/app", request, { signal }).catch(noneYet),
  })
}

function noneYet(error: unknown): null {
  if (error instanceof ApiError && error.problem.status === 404) return null
  throw error
}

type Of = Pick<Project, "id" | "hasMachine">

/** The same; `null`, without a request, before there is one: the live stream brings the first. */
export function useMachine({ id, hasMachine }: Of) {
  return useQuery({
    ...machineOf(id),
    enabled: hasMachine,
    ...(hasMachine ? {} : { placeholderData: null }),
  })
}

/** The same; an app is always on a machine. */
export function useApp({ id, hasMachine }: Of) {
  return useQuery({
    ...appOf(id),
    enabled: hasMachine,
    ...(hasMachine ? {} : { placeholderData: null }),
  })
}

const answers = (machine: Machine) => machineOf(machine.projectId)
const actions = {
  start: act("POST /projects/{projectId}/machine/start", { answers }),
  stop: act("POST /projects/{projectId}/machine/stop", { answers }),
  restart: act("POST /projects/{projectId}/machine/restart", { answers }),
}
export type MachineVerb = keyof typeof actions

/** Each of the actions on a machine, sent for one project. */
export function useMachineAction(projectId: ProjectId) {
  const sent = { params: { projectId } }
  const start = useMutation(actions.start)
  const stop = useMutation(actions.stop)
  const restart = useMutation(actions.restart)
  const all = { start, stop, restart }
  return {
    isPending: (verb: MachineVerb) => all[verb].isPending,
    send: (verb: MachineVerb, onError: (error: Error) => void) =>
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
