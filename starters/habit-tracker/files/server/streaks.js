// How long a habit has been kept. A habit for every day counts days; one for some days of a week
// counts the weeks in which they were reached. What can still be done today or this week breaks nothing.
import { addDays } from "./calendar.js"

/** `{ unit, now, best, total, thisWeek }` of the days on which a habit was done. */
export function streakOf({ target, days }, { today, weekOf }) {
  const done = new Set(days.filter((day) => day <= today))
  const perWeek = Map.groupBy(done, weekOf)
  const week = weekOf(today)
  const thisWeek = perWeek.get(week)?.length ?? 0
  const counted = { total: done.size, thisWeek }
  if (target === 7) return { unit: "day", ...counted, ...runs(done, { last: today, step: 1 }) }
  const reached = [...perWeek].filter(([, ofWeek]) => ofWeek.length >= target)
  const weeks = new Set(reached.map(([first]) => first))
  return { unit: "week", ...counted, ...runs(weeks, { last: week, step: 7 }) }
}

/** The run that leads up to `last`, or to the one before it, and the longest there was. */
function runs(reached, { last, step }) {
  const before = addDays(last, -step)
  const end = reached.has(last) ? last : before
  const lengthUpTo = (day) => {
    let length = 0
    for (let at = day; reached.has(at); at = addDays(at, -step)) length++
    return length
  }
  const ends = [...reached].filter((day) => !reached.has(addDays(day, step)))
  return { now: lengthUpTo(end), best: Math.max(0, ...ends.map(lengthUpTo)) }
}
