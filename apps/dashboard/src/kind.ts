import type { QueryClient } from "@tanstack/react-query"
import type { EventKind } from "@vibecaas/contract/kinds"
import type { Permission } from "@vibecaas/contract/permissions"
import type { ServerFrame } from "@vibecaas/contract/stream"
import type { LucideIcon } from "lucide-react"
import type { ComponentType } from "react"
import type { Touch } from "./api/touch.ts"

export type LiveEvent = Extract<ServerFrame, { type: "event" }>

/** What an applier can do with what the pages have read. */
export interface LiveTools {
  client: QueryClient
  /** reads again, once for a burst of events, what a change touched */
  again(...touches: Touch[]): void
  /** the same, but only what is being read now: such a read would put the older state over the event's */
  outlive(...touches: Touch[]): void
}

/** Brings one event into what the pages have read. */
export type Applier = (event: LiveEvent, tools: LiveTools) => void

/** What somebody may do: by their role in the organization, or as one who runs the installation. */
export type Right = Permission | "platform-admin"

/** One page of an organization; its parents are the pages its address begins with. */
export interface PageNode {
  /** its address below the organization's, e.g. `/projects/{projectId}/files` */
  at: string
  name: string
  icon?: LucideIcon
  /** who may see it; everybody who may see its parent unless named */
  needs?: Right
  /** pressed after G it leads there, on pages of the main navigation */
  goKey?: string
  /** place among its siblings, smallest first */
  place: number
  /** the first page of an object, at the very address of the object itself */
  first?: true
  /** the name of the object that it shows, once it is read */
  Name?: ComponentType<{ params: Record<string, string> }>
  /** a short word after the name in a row of tabs or in the main navigation, e.g. a count */
  Aside?: ComponentType<{ params: Record<string, string> }>
}

/** What a kind brings to the dashboard; `kinds.ts` lists all of them. */
export interface Kind {
  /** appliers by the event they are for */
  live?: Partial<Record<EventKind, Applier>>
  /** what is read again when events of a topic were missed, by the kind of the topic */
  missed?: Record<string, (id: string) => readonly Touch[]>
  pages?: readonly PageNode[]
}

/** How the activity tells what happens to a kind. Apart from the kind itself: only the page of the activity needs it. */
export interface Deeds {
  /** what happened, by the action that the activity records: "Run started" for `run.start` */
  actions?: Record<string, string>
  /** icon of what an action is about, by the first part of the action's name */
  icons?: Record<string, LucideIcon>
}
