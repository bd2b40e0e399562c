import { settings } from "../settings.js"
import { dayOf, fullDay, momentOf, timeOf } from "../slots.js"
import { html } from "../web/html.js"
import { textFile } from "../web/http.js"
import { whenPart } from "./book.js"
import { factsPart } from "./facts.js"
import { icons } from "./icons.js"
import { layout } from "./layout.js"

/** The page behind a booking's private link. @param line place on the waiting list, from 1 */
export function bookingPage({ booking, link, over, line }) {
  const state = over && booking.state !== "cancelled" ? "over" : booking.state
  const [icon, title, says] = words(state, line)
  return layout({
    title,
    body: html`
<main class="sheet">
  <p class="seal ${state}">${icon}</p>
  <h1>${title}</h1>
  <p>${says}</p>
  <section class="ticket ${state}">${whenPart(booking.slot)}${factsPart()}
    <p class="muted">For ${booking.name}, ${booking.email}</p></section>
  ${(state === "booked" || state === "waiting") && keepPart({ booking, link, state })}
  ${
    (state === "cancelled" || state === "over") &&
    html`<p><a class="button" href="/?day=${dayOf(booking.slot)}">Book another time</a></p>`
  }
</main>`,
  })
}

const words = (state, line) =>
  ({
    booked: [icons.done, "You are booked", "We look forward to seeing you."],
    waiting: [
      icons.wait,
      "You are on the waiting list",
      `You are number ${line}. When somebody cancels, this page says so.`,
    ],
    cancelled: [icons.gone, "This booking is cancelled", "The time is free for others again."],
    over: [icons.clock, "This time is over", "It can no longer be changed."],
  })[state]

const keepPart = ({ booking, link, state }) => html`
  <section class="keep">
    <label for="link">Your private link</label>
    <input class="input" id="link" readonly value="${link}">
    <p class="help">Keep it: no email is sent. Whoever has it can see and cancel this booking.</p>
  </section>
  <div class="row">
    ${state === "booked" && html`<a class="button" href="/b/${booking.token}/calendar.ics">${icons.calendar} Add to calendar</a>`}
    <form method="post" action="/b/${booking.token}/cancel">
      <button class="button danger">${state === "waiting" ? "Leave the list" : "Cancel booking"}</button>
    </form>
  </div>`

/** The booking as a file that calendars read. */
export function calendarFile(booking, origin) {
  const begin = momentOf(booking.slot)
  const end = new Date(begin.getTime() + Math.round(settings.slot_minutes) * 60_000)
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//bookings//EN",
    "BEGIN:VEVENT",
    `UID:${booking.id}.${booking.token.slice(0, 6)}@bookings`,
    `DTSTAMP:${stamp(new Date(booking.made_at))}`,
    `DTSTART:${stamp(begin)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${escaped(settings.title)}`,
    `DESCRIPTION:${escaped(`${fullDay(dayOf(booking.slot))}, ${timeOf(booking.slot)}. ${origin}/b/${booking.token}`)}`,
    `STATUS:${booking.state === "booked" ? "CONFIRMED" : "CANCELLED"}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ]
  return textFile("text/calendar", `${lines.map(folded).join("\r\n")}\r\n`, {
    "Content-Disposition": 'attachment; filename="booking.ics"',
  })
}

const stamp = (moment) => `${moment.toISOString().replace(/[-:]|\.\d+/g, "")}`
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n")
/** A calendar's lines are short; what is longer goes on after a space. */
const folded = (line) => line.replace(/.{60}(?=.)/gu, "$&\r\n ")
