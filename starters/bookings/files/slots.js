// Which times are offered. A slot is a local time of the place, written as 2027-01-31T09:30.
import { settings } from "./settings.js"

const dayMs = 86_400_000
const weekdays = namesOfWeekdays(["en", "de", "fr", "es"])

/** Weekdays on which is open, 0 for Sunday. */
const openOn = new Set(settings.opening_days.map((name) => weekdays.get(name.trim().toLowerCase())))
const unknown = settings.opening_days.filter((name) => !weekdays.has(name.trim().toLowerCase()))
if (unknown.length > 0)
  console.error(`settings.json: these are not days of the week: ${unknown.join(", ")}`)

// Making a formatter costs far more than using it.
const clockOfPlace = new Intl.DateTimeFormat("sv-SE", {
  timeZone: settings.time_zone,
  dateStyle: "short",
  timeStyle: "medium",
})
/** A moment as the clock at the place shows it, such as 2027-01-31T09:30:00. */
const shownAt = (moment) => clockOfPlace.format(moment).replace(" ", "T")

/** Now at the place, as a slot is written. */
export const now = () => shownAt(new Date()).slice(0, 16)
export const dayOf = (slot) => slot.slice(0, 10)
export const timeOf = (slot) => slot.slice(11)
export const today = () => dayOf(now())

const atNoon = (day) => new Date(`${day}T12:00:00Z`)
export const addDays = (day, days) =>
  new Date(atNoon(day).getTime() + days * dayMs).toISOString().slice(0, 10)
/** 0 for Monday to 6 for Sunday. */
export const placeInWeek = (day) => (atNoon(day).getUTCDay() + 6) % 7

/** The days that can be booked, from today on. */
export function bookableDays() {
  const first = today()
  return Array.from({ length: Math.round(settings.days_ahead) }, (_, at) => addDays(first, at))
}

export const isOpen = (day) => openOn.has(atNoon(day).getUTCDay())

/** The slots of a day, also those that are over. */
export function slotsOf(day) {
  if (!isOpen(day)) return []
  const [from, to] = [settings.opens, settings.closes].map((hours) => Math.round(hours * 60))
  const length = Math.round(settings.slot_minutes)
  const many = Math.max(0, Math.floor((to - from) / length))
  return Array.from({ length: many }, (_, at) => `${day}T${clock(from + at * length)}`)
}

/** Whether a text is a slot that can still be booked. */
export const isOffered = (slot) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(slot) &&
  bookableDays().includes(dayOf(slot)) &&
  slotsOf(dayOf(slot)).includes(slot) &&
  slot > now()

/** When a slot ends, as a time of the day. */
export function endOf(slot) {
  const [hours, minutes] = timeOf(slot).split(":").map(Number)
  return clock((hours * 60 + minutes + Math.round(settings.slot_minutes)) % (24 * 60))
}

const clock = (minutes) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":")

/** The moment at which a slot begins, whatever the summer time is then. */
export function momentOf(slot) {
  const asUtc = Date.parse(`${slot}:00Z`)
  return new Date(2 * asUtc - Date.parse(`${shownAt(asUtc)}Z`))
}

const format = (options) => {
  const formatter = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options })
  return (day) => formatter.format(atNoon(day))
}
export const longDay = format({ weekday: "long", day: "numeric", month: "long" })
export const fullDay = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" })
export const monthOf = format({ month: "long", year: "numeric" })
export const shortMonth = format({ month: "short" })

function namesOfWeekdays(languages) {
  const names = new Map()
  for (let weekday = 0; weekday < 7; weekday++)
    for (const language of languages)
      for (const length of ["long", "short"]) {
        const formatter = new Intl.DateTimeFormat(language, { weekday: length, timeZone: "UTC" })
        // The 4th of January 1970 was a Sunday.
        const name = formatter.format(new Date((3 + weekday) * dayMs)).toLowerCase()
        names.set(name.replace(/\.$/, ""), weekday)
      }
  return names
}
