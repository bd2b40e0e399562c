// Times that people book and cancel by themselves, and the owner's view of them.
import { openBookings } from "./bookings.js"
import { createOwner } from "./owner.js"
import { bookFields, bookPage, noteOf } from "./pages/book.js"
import { bookingPage, calendarFile } from "./pages/booking.js"
import { layout } from "./pages/layout.js"
import { agendaPage, csvOf } from "./pages/owner.js"
import { timesPage } from "./pages/times.js"
import { settings } from "./settings.js"
import { bookableDays, dayOf, isOffered, now, slotsOf, today } from "./slots.js"
import { readFields } from "./web/fields.js"
import { errorPart, page, Refusal, redirect, serve, textFile } from "./web/http.js"
import { createLimiter } from "./web/limiter.js"
import { themeCss } from "./web/theme.js"

const bookings = openBookings()
const owner = createOwner({ db: bookings.db, layout })
const mayBook = createLimiter({ times: 30, withinMs: 10 * 60_000 })
const theme = themeCss(settings.accent, { light: "#efe9dd", dark: "#2b2a25" })

serve({
  errorPage: ({ status, says }) => layout({ title: says, body: errorPart({ status, says }) }),
  routes: [
    ["GET", "/", showTimes],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
    ["GET", "/book", (visit) => page(bookPage(offered(visit.query.get("at"))))],
    ["POST", "/book", book],
    ["GET", "/b/:token", (visit) => page(bookingPage(shown(bookingOf(visit), visit)))],
    ["GET", "/b/:token/calendar.ics", (visit) => calendarFile(bookingOf(visit), visit.origin)],
    ["POST", "/b/:token/cancel", cancelOwn],
    ...owner.routes,
    ["GET", "/owner", owner.only(showAgenda)],
    ["GET", "/owner/bookings.csv", owner.only(() => csvOf(bookings.all()))],
    ["POST", "/owner/bookings/:id/cancel", owner.only(cancelForOther)],
    ["POST", "/owner/close", owner.only(closeDay)],
    ["POST", "/owner/open", owner.only(openDay)],
  ],
})

/** The days with their slots, each with how many places are free. */
function offer() {
  const from = now()
  const counts = bookings.counts(from)
  const closed = bookings.closedDays()
  return bookableDays().map((day) => ({
    day,
    closed: closed.has(day),
    slots: (closed.has(day) ? [] : slotsOf(day))
      .filter((slot) => slot > from)
      .map((slot) => {
        const { booked = 0, waiting = 0 } = counts.get(slot) ?? {}
        return { slot, free: Math.max(0, settings.capacity - booked), waiting }
      }),
  }))
}

function showTimes(visit) {
  const days = offer()
  const asked = days.find(({ day }) => day === visit.query.get("day"))
  const first = days.find(({ slots }) => slots.some(({ free }) => free > 0))
  return page(timesPage({ days, chosen: asked ?? first ?? days.find(({ slots }) => slots.length) }))
}

function offered(slot) {
  if (!slot || !isOffered(slot) || bookings.closedDays().has(dayOf(slot)))
    throw new Refusal(404, "This time cannot be booked. Choose another one.")
  return { slot, free: bookings.freeOf(slot) }
}

async function book(visit) {
  const form = await visit.form()
  const { slot, free } = offered(form.get("at"))
  const read = readFields(form, bookFields)
  if (!read.ok) return page(bookPage({ slot, free, ...read }), 400)
  if (!mayBook(visit.ip)) throw new Refusal(429, "That were many bookings. Try again later.")
  const made = bookings.book(slot, { ...read.values, note: noteOf(read.values) })
  if (made.says) return page(bookPage({ slot, free, ...read, says: made.says }), 409)
  return redirect(`/b/${made.token}`)
}

function bookingOf({ params }) {
  const booking = bookings.find(params.token)
  if (!booking) throw new Refusal(404, "There is no booking at this address.")
  return booking
}

const shown = (booking, { origin }) => ({
  booking,
  link: `${origin}/b/${booking.token}`,
  over: booking.slot <= now(),
  line: booking.state === "waiting" ? bookings.placeInLine(booking) : 0,
})

function cancelOwn(visit) {
  const booking = bookingOf(visit)
  if (booking.slot <= now()) throw new Refusal(409, "This time is over. It cannot be cancelled.")
  bookings.cancel(booking.id)
  return redirect(`/b/${booking.token}`)
}

function showAgenda() {
  return page(
    agendaPage({ list: bookings.list(`${today()}T00:00`), closed: bookings.closedDays() }),
  )
}

function cancelForOther({ params }) {
  if (!/^\d{1,15}$/.test(params.id) || !bookings.cancel(Number(params.id)))
    throw new Refusal(404, "This booking is cancelled already.")
  return redirect("/owner")
}

async function dayFrom(visit) {
  const day = (await visit.form()).get("day")
  if (!/^\d{4}-\d\d-\d\d$/.test(day ?? "") || Number.isNaN(Date.parse(day)))
    throw new Refusal(400, "Choose a day.")
  return day
}

async function closeDay(visit) {
  bookings.closeDay(await dayFrom(visit))
  return redirect("/owner")
}

async function openDay(visit) {
  bookings.openDay(await dayFrom(visit))
  return redirect("/owner")
}
