const dayMs = 24 * 60 * 60 * 1000

/**
 * `{today}`, `{workday}` and `{sunday}`, each with days added or taken away, as `2026-03-09`. Working
 * days are Tuesdays to Fridays, from the day after tomorrow on; those of `{workday+1}` follow.
 */
export function withDays(text: string, now = new Date()): string {
  return text.replaceAll(
    /\{(today|workday|sunday)([+-]\d+)?\}/g,
    (_, name: "today" | "workday" | "sunday", more = "0") => iso(dayOf(name, now, Number(more))),
  )
}

function dayOf(name: "today" | "workday" | "sunday", now: Date, more: number): Date {
  if (name === "today") return later(now, more)
  const wanted = name === "sunday" ? [0] : [2, 3, 4, 5]
  let day = later(now, 2)
  for (let left = more; ; day = later(day, 1)) {
    if (!wanted.includes(day.getUTCDay())) continue
    if (left-- <= 0) return day
  }
}

const later = (day: Date, days: number) => new Date(day.getTime() + days * dayMs)
const iso = (day: Date) => day.toISOString().slice(0, 10)
