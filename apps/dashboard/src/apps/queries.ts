"use client"
import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { itemsIn } from "../api/kept.ts"
import { read, readPages } from "../api/read.ts"
import { onceThere } from "../machines/queries.ts"

/** Apps of a project, oldest first. */
export const appsOf = (projectId: Project["id"]) =>
  readPages("GET /projects/{projectId}/apps", { params: { projectId }, query: { limit: 50 } })

/** The app at the project's address, or on the draft of a run; `null` while there is none. */
export function useApp(of: Pick<Project, "id" | "hasMachine">, draftOf: string | null = null) {
  const isIt = (app: App) => (draftOf === null ? app.purpose === "live" : app.draftOf === draftOf)
  return useInfiniteQuery({
    ...appsOf(of.id),
    ...onceThere(of),
    select: (list) => itemsIn(list).find(isIt) ?? null,
  })
}

const renewed = { renews: ["GET /projects/{projectId}/apps"] } as const

/** Ends the app and starts it anew, with what is set for it now. */
export const restartApp = act("POST /apps/{appId}/restart", renewed)

/** Runs a commit in place of what runs. */
export const deployApp = act("POST /apps/{appId}/deploy", renewed)

/** Versions of the app that were started, newest first. */
export function useReleases(appId: App["id"]) {
  return useInfiniteQuery(
    readPages("GET /apps/{appId}/releases", { params: { appId }, query: { limit: 20 } }),
  )
}

/** how often the log is read again while its page is open, in `ms` */
const logEveryMs = 2000

/** The app's last output, read again while `follow` is on; nothing of no app. */
export function useLogs(appId: App["id"] | undefined, follow: boolean) {
  const request = { params: { appId: appId ?? "app_" }, query: { tailBytes: 131_072 } } as const
  return useQuery({
    ...read("GET /apps/{appId}/logs", request),
    ...(appId ? {} : { placeholderData: { text: "", times: [] } }),
    enabled: appId !== undefined,
    refetchInterval: follow ? logEveryMs : false,
    staleTime: 0,
  })
}
