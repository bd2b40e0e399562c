"use client"
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { call } from "../api/call.ts"
import { read } from "../api/read.ts"

type ProjectId = Project["id"]

/** The project's first machine; `null` while there is none. */
export function machineOf(projectId: ProjectId) {
  const request = { params: { projectId }, query: { limit: 1 } }
  return queryOptions<Machine | null>({
    queryKey: ["GET /projects/{projectId}/machines", request, "first"],
    queryFn: async ({ signal }) =>
      (await call("GET /projects/{projectId}/machines", request, { signal })).items[0] ?? null,
  })
}

/** The app at the project's address; `null` while there is none. */
export function appOf(projectId: ProjectId) {
  const request = { params: { projectId }, query: { limit: 1 } }
  return queryOptions<App | null>({
    queryKey: ["GET /projects/{projectId}/apps", request, "first"],
    queryFn: async ({ signal }) =>
      (await call("GET /projects/{projectId}/apps", request, { signal })).items[0] ?? null,
  })
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
  start: act("POST /machines/{machineId}/start", { answers }),
  stop: act("POST /machines/{machineId}/stop", { answers }),
  restart: act("POST /machines/{machineId}/restart", { answers }),
}
export type MachineVerb = keyof typeof actions

/** Each of the actions on a machine, sent for one. */
export function useMachineAction(machineId: Machine["id"] | undefined) {
  const start = useMutation(actions.start)
  const stop = useMutation(actions.stop)
  const restart = useMutation(actions.restart)
  const all = { start, stop, restart }
  return {
    isPending: (verb: MachineVerb) => all[verb].isPending,
    send(verb: MachineVerb, onError: (error: Error) => void) {
      if (machineId) all[verb].mutate({ params: { machineId } }, { onError })
    },
  }
}

/** how often the log is read again while its page is open, in `ms` */
const logEveryMs = 2000

/** The app's last output, read again while `follow` is on; nothing of no app. */
export function useLogs(appId: App["id"] | undefined, follow: boolean) {
  const request = { params: { appId: appId ?? "app_" }, query: { tailBytes: 131_072 } } as const
  return useQuery({
    ...read("GET /apps/{appId}/logs", request),
    ...(appId ? {} : { placeholderData: { text: "" } }),
    enabled: appId !== undefined,
    refetchInterval: follow ? logEveryMs : false,
    staleTime: 0,
  })
}
