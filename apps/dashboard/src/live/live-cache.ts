import type { QueryClient } from "@tanstack/react-query"
import type { EventKind } from "@vibecaas/contract/kinds"
import type { Topic } from "@vibecaas/contract/stream"
import { isReading, readAgain, type Touch } from "../api/touch.ts"
import type { Applier, Kind, LiveEvent } from "../kind.ts"

/** how long events are gathered before what they touched is read again, in `ms` */
const gatherMs = 150

export interface LiveCache {
  /** brings one event into what the pages have read */
  apply(event: LiveEvent): void
  /** everything of a topic is read again: its events were missed */
  readTopicAgain(topic: Topic): void
}

export interface LiveCacheParts {
  client: QueryClient
  later(ms: number, action: () => void): void
  /** what to do with each event */
  live: Record<EventKind, Applier>
  missed: readonly NonNullable<Kind["missed"]>[]
}

/**
 * Feeds events to the cache. What an event carries is shown at once; what it only touches is read
 * again, once for a burst.
 */
export function makeLiveCache({ client, later, live, missed }: LiveCacheParts): LiveCache {
  const touched = new Map<string, Touch>()
  const again = (...touches: readonly Touch[]) => {
    if (touches.length > 0 && touched.size === 0) later(gatherMs, flush)
    for (const touch of touches) touched.set(JSON.stringify(touch), touch)
  }
  const flush = () => {
    const due = [...touched.values()]
    touched.clear()
    for (const touch of due) {
      // What is on its way may be older than the event; cut off, a busy run would never be shown.
      if (isReading(client, touch)) again(touch)
      else readAgain(client, touch)
    }
  }
  const outlive = (...touches: readonly Touch[]) =>
    again(...touches.filter((touch) => isReading(client, touch)))
  return {
    apply: (event) => live[event.kind]?.(event, { client, again, outlive }),
    readTopicAgain: (topic) => {
      const [kind = "", id = ""] = topic.split(":")
      again(...missed.flatMap((each) => each[kind]?.(id) ?? []))
    },
  }
}

// The contract says what an event of a kind carries; whether it did is checked where it is used.
export function fieldsOf<T>(data: unknown): Partial<T> {
  return typeof data === "object" && data !== null ? (data as Partial<T>) : {}
}
