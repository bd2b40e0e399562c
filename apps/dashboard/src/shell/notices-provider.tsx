"use client"
import { useQueryClient } from "@tanstack/react-query"
import type { Project, ProjectState } from "@vibecaas/contract/kinds/projects"
import { useRouter } from "next/navigation"
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react"
import { keptItem } from "../api/kept.ts"
import type { LiveEvent } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"
import { useLiveEvents } from "../live/live-provider.tsx"
import { projectOf } from "../projects/queries.ts"
import { type Heard, isNews, type Notice, titleOf, withNotice } from "./notices.ts"
import { useSession } from "./session.tsx"

interface Notices {
  all: readonly Notice[]
  /** how many came while nobody looked at the page */
  unseen: number
  /** whether the browser shows them too, while the page is in the background */
  browser: boolean
  /** asks the browser whether it may, or turns that off */
  setBrowser(wanted: boolean): Promise<void>
}

const Known = createContext<Notices>({
  ...{ all: [], unseen: 0, browser: false },
  setBrowser: async () => undefined,
})

export const useNotices = () => useContext(Known)

/** Notices that agents ended or ask, from the events of the organization that is open. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [all, setAll] = useState<readonly Notice[]>([])
  const [unseen, setUnseen] = useState(0)
  const [browser, setBrowser] = useBrowserNotices()
  const states = useRef(new Map<string, ProjectState>())
  const client = useQueryClient()
  const router = useRouter()
  const { paths } = useSession()
  useLiveEvents((event) => {
    const heard = projectIn(event)
    if (!heard) return
    const { id, state } = heard
    const kept =
      client.getQueryData(projectOf(id).queryKey) ?? keptItem(client, "GET /projects", id)
    const before = states.current.get(id) ?? kept?.state
    states.current.set(id, state)
    if (!isNews(before, state)) return
    const name = heard.name ?? kept?.name ?? "Project"
    const news = { projectId: id, name, before, after: state, at: Date.now() }
    // Several are heard before any of them is drawn.
    setAll((known) => withNotice(known, news))
    if (!document.hidden) return
    setUnseen((count) => count + 1)
    if (browser) show(news, () => router.push(paths.project(id)))
  })
  useEffect(() => {
    const seen = () => !document.hidden && setUnseen(0)
    document.addEventListener("visibilitychange", seen)
    return () => document.removeEventListener("visibilitychange", seen)
  }, [])
  return <Known.Provider value={{ all, unseen, browser, setBrowser }}>{children}</Known.Provider>
}

function projectIn({ kind, id, data }: LiveEvent) {
  const { state, name } = fieldsOf<Project>(data)
  if (kind !== "project.changed" || state === undefined) return undefined
  return { id: id as Project["id"], state, name } // so the contract says of this event
}

function show(heard: Heard, onClick: () => void): void {
  const shown = new Notification(titleOf(heard), { tag: heard.projectId })
  shown.onclick = () => {
    window.focus()
    onClick()
  }
}

const consentKey = "notices in the browser"

/** A person turns them on here, and the browser asks them as well. */
function useBrowserNotices(): [boolean, Notices["setBrowser"]] {
  const [on, setOn] = useState(false)
  useEffect(() => {
    setOn(allowed() && window.localStorage.getItem(consentKey) === "on")
  }, [])
  const set = async (wanted: boolean) => {
    const granted = wanted && (await ask())
    window.localStorage.setItem(consentKey, granted ? "on" : "off")
    setOn(granted)
  }
  return [on, set]
}

// Over plain http on another host than this computer there are none.
const allowed = () => "Notification" in window && Notification.permission === "granted"

async function ask(): Promise<boolean> {
  return "Notification" in window && (await Notification.requestPermission()) === "granted"
}
