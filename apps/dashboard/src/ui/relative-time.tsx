"use client"
import { dayOf, exactTime, relativeTime } from "./format.ts"
import { useNow } from "./use-now.ts"

/** How long ago, and the exact time in UTC on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow(15_000)
  const instant = Date.parse(at)
  return (
    <time dateTime={at} title={exactTime(instant)} className={className}>
      {relativeTime(instant, now)}
    </time>
  )
}

/** The day of something that is still to come, and the exact time in UTC on hover. */
export function Day({ at }: { at: string }) {
  const now = useNow(60_000)
  const instant = Date.parse(at)
  return (
    <time dateTime={at} title={exactTime(instant)}>
      {dayOf(instant, now)}
    </time>
  )
}
