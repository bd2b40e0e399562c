"use client"
import { dayOf, exactTime, minuteOf, relativeTime, timeUntil } from "./format.ts"
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

/** How long until then, and the exact time in UTC on hover. */
export function TimeUntil({ at }: { at: string }) {
  const now = useNow(15_000)
  const instant = Date.parse(at)
  return (
    <time dateTime={at} title={exactTime(instant)}>
      {timeUntil(instant, now)}
    </time>
  )
}

/** Day and minute, by which one of several of the same day is known, and the exact time in UTC on hover. */
export function Minute({ at }: { at: string }) {
  const now = useNow(60_000)
  const instant = Date.parse(at)
  return (
    <time dateTime={at} title={exactTime(instant)}>
      {minuteOf(instant, now)}
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
