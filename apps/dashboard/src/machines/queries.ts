"use client"
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useEffect } from "react"
import { act } from "../api/act.ts"
import { read, readPages } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { firstLive } from "./first-live.ts"

/** Machines of a project, oldest first. */
export const machinesOf = (projectId: Project["id"]) =>
  readPages("GET /projects/{projectId}/machines", { params: { projectId }, query: { limit: 50 } })

type Of = Pick<Project, "id" | "hasMachine">

/** Nothing is asked before there is something: the live stream brings the first. */
export function onceThere({ hasMachine }: Pick<Of, "hasMachine">) {
  const none = { pages: [], pageParams: [] }
  return hasMachine ? { enabled: true } : { enabled: false, placeholderData: none }
}

export function useMachines(of: Of) {
  return useInfiniteQuery({ ...machinesOf(of.id), ...onceThere(of) })
}

/** The project's first machine; `null` while there is none. */
export function useMachine(of: Of) {
  return useInfiniteQuery({ ...machinesOf(of.id), ...onceThere(of), select: firstLive })
}

/** how often a machine that is looked at is asked what it uses, in `ms` */
const useEveryMs = 5000

/** What a machine that runs uses now. */
export function useMachineUse({ id, state }: Machine) {
  return useQuery({
    ...read("GET /machines/{machineId}/use", { params: { machineId: id } }),
    enabled: state === "running",
    refetchInterval: useEveryMs,
    staleTime: 0,
  })
}

/** What was done with a machine, newest first. */
export function useMachineEvents({ id, projectId, updatedAt }: Machine, enabled: boolean) {
  const { organization } = useSession()
  const request = {
    params: { organizationId: organization.id },
    query: { limit: 20, projectId, subject: id },
  }
  const events = useInfiniteQuery({
    ...readPages("GET /organizations/{organizationId}/audit", request),
    enabled,
  })
  const { refetch } = events
  // Whatever changed it is an event.
  useEffect(() => {
    if (enabled && updatedAt !== "") void refetch()
  }, [enabled, refetch, updatedAt])
  return events
}

const renewed = { renews: ["GET /projects/{projectId}/machines"] } as const
const actions = {
  start: act("POST /machines/{machineId}/start", renewed),
  stop: act("POST /machines/{machineId}/stop", renewed),
  restart: act("POST /machines/{machineId}/restart", renewed),
}
export type MachineVerb = keyof typeof actions

/** Makes another machine of a project, stopped; the same wish sent twice makes one. */
export const createMachine = act("POST /projects/{projectId}/machines", { once: true })

/** Deletes a machine with its data. */
export const deleteMachine = act("DELETE /machines/{machineId}", renewed)

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
