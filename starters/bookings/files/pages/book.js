import { settings } from "../settings.js"
import { dayOf, endOf, fullDay, timeOf } from "../slots.js"
import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { factsPart } from "./facts.js"
import { icons } from "./icons.js"
import { layout } from "./layout.js"

export const bookFields = {
  name: { label: "Name", max: 80, required: true, autocomplete: "name" },
  email: {
    label: "Email",
    max: 200,
    required: true,
    email: true,
    autocomplete: "email",
    help: "Only the owner sees it.",
  },
  ...Object.fromEntries(
    settings.asked.map((label, at) => [`asked_${at}`, { label, max: 200, required: true }]),
  ),
  note: { label: "Anything we should know?", max: 600, lines: 3 },
}

/** What people answered, a line each, above what else they wrote. */
export const noteOf = ({ note, ...values }) =>
  [...settings.asked.map((label, at) => `${label}: ${values[`asked_${at}`]}`), note]
    .filter(Boolean)
    .join("\n")

/** When a slot is, in words. */
export const whenPart = (slot) => html`<p class="when"><strong>${fullDay(dayOf(slot))}</strong>
  <span>${timeOf(slot)} – ${endOf(slot)}</span></p>`

/** @param says why the slot could not be booked */
export function bookPage({ slot, free, values, errors, says }) {
  const full = free === 0
  return layout({
    title: full ? "Join the waiting list" : "Book",
    body: html`
<main class="sheet">
  <p><a class="back" href="/?day=${dayOf(slot)}">${icons.back} Other times</a></p>
  <h1>${full ? "Join the waiting list" : "Your booking"}</h1>
  <section class="ticket">${whenPart(slot)}${factsPart()}</section>
  ${full && html`<p>All places are taken. You get the next one that becomes free, in the order of the list.</p>`}
  ${says && html`<p class="error" role="alert">${says}</p>`}
  <form class="stack" method="post" action="/book">
    <input type="hidden" name="at" value="${slot}">
    ${Object.entries(bookFields).map(([name, field]) => fieldPart(name, field, { values, errors }))}
    <div><button class="button">${full ? "Join the waiting list" : "Book this time"}</button></div>
  </form>
</main>`,
  })
}
