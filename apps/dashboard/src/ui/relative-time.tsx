"use client"
import { dayOf, exactTime, minuteOf, relativeTime, timeUntil } from "./format.ts"
import { useNow } from "./use-now.ts"

interface TimeProps {
  at: string
  className?: string
}

/** An instant in words that are said anew every so many `ms`, and the exact time in UTC on hover. */
const timeIn =
  (words: (instant: number, now: number) => string, everyMs: number) =>
  ({ at, className }: TimeProps) => {
    const now = useNow(everyMs)
    const instant = Date.parse(at)
    return (
      <time dateTime={at} title={exactTime(instant)} className={className}>
        {words(instant, now)}
      </time>
    )
  }

/** How long ago. */
export const RelativeTime = timeIn(relativeTime, 15_000)

/** How long until then. */
export const TimeUntil = timeIn(timeUntil, 15_000)

/** Day and minute, by which one of several of the same day is known. */
export const Minute = timeIn(minuteOf, 60_000)

/** The day of something that is still to come. */
export const Day = timeIn(dayOf, 60_000)
