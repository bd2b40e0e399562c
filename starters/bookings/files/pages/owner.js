import { signOutPart } from "../owner.js"
import { dayOf, fullDay, timeOf, today } from "../slots.js"
import { html } from "../web/html.js"
import { textFile } from "../web/http.js"
import { layout } from "./layout.js"

/** What is ahead, day by day. @param list bookings in the order of their slots */
export function agendaPage({ list, closed }) {
  const days = Map.groupBy(list, ({ slot }) => dayOf(slot))
  const booked = list.filter(({ state }) => state === "booked").length
  return layout({
    title: "Bookings ahead",
    body: html`
<main class="agenda">
  <div class="row apart"><h1>Bookings ahead</h1>${signOutPart}</div>
  <p class="muted">${booked} booked, ${list.length - booked} waiting.
    <a href="/owner/bookings.csv">All bookings as CSV</a></p>
  ${list.length === 0 && html`<p class="blank">Nobody has booked yet. Send people the address of the first page.</p>`}
  ${[...days].map(([day, entries]) => dayPart(day, entries))}
  ${closingPart(closed)}
</main>`,
  })
}

const dayPart = (day, entries) => html`
  <section class="agenda-day">
    <h2>${fullDay(day)}</h2>
    ${[...Map.groupBy(entries, ({ slot }) => slot)].map(
      ([slot, people]) => html`<div class="agenda-slot"><h3>${timeOf(slot)}</h3>
        <ul class="people">${people.map(personPart)}</ul></div>`,
    )}
  </section>`

const personPart = (booking) => html`
  <li class="person">
    <div><p><strong>${booking.name}</strong>
      ${booking.state === "waiting" && html`<span class="tag">waiting</span>`}</p>
      <p class="muted"><a href="mailto:${booking.email}">${booking.email}</a></p>
      ${booking.note && html`<p class="person-note">${booking.note}</p>`}</div>
    <form method="post" action="/owner/bookings/${booking.id}/cancel">
      <button class="button danger small" aria-label="Cancel the booking of ${booking.name}">Cancel</button>
    </form>
  </li>`

const closingPart = (closed) => html`
  <section class="agenda-day">
    <h2>Days off</h2>
    <p class="muted">A closed day offers no times. Bookings that it has already stay; cancel them above.</p>
    <form class="row" method="post" action="/owner/close">
      <label class="hidden" for="day">Day</label>
      <input class="input day-input" id="day" name="day" type="date" min="${today()}" required>
      <button class="button">Close this day</button>
    </form>
    <ul class="closed">${[...closed]
      .filter((day) => day >= today())
      .map(
        (day) => html`<li>${fullDay(day)} <form method="post" action="/owner/open">
          <input type="hidden" name="day" value="${day}">
          <button class="button quiet small" aria-label="Open ${fullDay(day)} again">Open again</button></form></li>`,
      )}</ul>
  </section>`

/** All bookings as a table for spreadsheets. */
export function csvOf(bookings) {
  const head = ["slot", "state", "name", "email", "note", "made_at"]
  const rows = [head, ...bookings.map((booking) => head.map((name) => booking[name]))]
  const body = rows.map((row) => row.map(cell).join(",")).join("\r\n")
  return textFile("text/csv", `${body}\r\n`, {
    "Content-Disposition": 'attachment; filename="bookings.csv"',
  })
}

/** A spreadsheet would run a cell that begins like a formula. */
const cell = (value) =>
  `"${String(value)
    .replace(/^[=+\-@\t]/, "'$&")
    .replaceAll('"', '""')}"`
