import type { CoreV1Event } from "@kubernetes/client-node"

/** A cluster mends much by itself: what began just now, or was said last a while ago, proves nothing. */
const [patienceMs, recentMs] = [15_000, 60_000]

/** @param now in `ms` since 1970 */
export const lasting = (events: readonly CoreV1Event[], now: number): CoreV1Event[] =>
  events.filter((event) => firstAt(event) <= now - patienceMs && lastAt(event) >= now - recentMs)

/** Parts of a cluster fill in different fields for when something was. In `ms`. */
export const lastAt = (event: CoreV1Event): number =>
  at(event.lastTimestamp ?? event.series?.lastObservedTime ?? event.eventTime)

const firstAt = (event: CoreV1Event): number =>
  at(event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp)

const at = (time: Date | string | undefined | null) => new Date(time ?? 0).getTime()
