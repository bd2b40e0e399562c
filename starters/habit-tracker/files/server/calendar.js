// Days as texts such as 2026-03-01, without hours, so that no time zone can move them.
import { Refusal } from "./http.js"

const dayMs = 86_400_000
const time = (day) => Date.parse(`${day}T00:00:00Z`)
const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10)

export const addDays = (day, count) => dayOf(time(day) + count * dayMs)

/** A day from outside; a Refusal (422) when it is none. */
export function readDay(given) {
  if (
    /^\d{4}-\d\d-\d\d$/.test(given ?? "") &&
    !Number.isNaN(time(given)) &&
    dayOf(time(given)) === given
  )
    return given
  throw new Refusal(422, "Give a day as YYYY-MM-DD.")
}

export const readMonth = (given) => readDay(`${given}-01`).slice(0, 7)

export function daysOfMonth(month) {
  const first = `${month}-01`
  const days = []
  for (let day = first; day.startsWith(month); day = addDays(day, 1)) days.push(day)
  return days
}

export const addMonths = (month, count) => {
  const [year, number] = month.split("-").map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** Today in the settings' time zone, and weeks that begin on the settings' day. */
export function makeCalendar({ timeZone, weekStart }) {
  const local = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" })
  const offset = weekStart === "monday" ? 6 : 0
  const weekOf = (day) => addDays(day, -((new Date(time(day)).getUTCDay() + offset) % 7))
  return {
    today: () => local.format(new Date()),
    /** The first day of a day's week. */
    weekOf,
    daysOfWeek: (first) => Array.from({ length: 7 }, (_, at) => addDays(first, at)),
  }
}

const write = (form) => {
  const format = new Intl.DateTimeFormat("en-GB", { ...form, timeZone: "UTC" })
  return (day) => format.format(time(day))
}
export const weekdayShort = write({ weekday: "short" })
export const dayLong = write({ weekday: "long", day: "numeric", month: "long" })
export const dayShort = write({ day: "numeric", month: "short" })
export const monthLong = write({ month: "long", year: "numeric" })
