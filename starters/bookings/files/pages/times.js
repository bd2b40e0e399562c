import { settings } from "../settings.js"
import { longDay, monthOf, placeInWeek, shortMonth, timeOf } from "../slots.js"
import { html } from "../web/html.js"
import { factsPart } from "./facts.js"
import { layout } from "./layout.js"

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
const parts = [
  ["Morning", "00:00", "12:00"],
  ["Afternoon", "12:00", "17:00"],
  ["Evening", "17:00", "24:00"],
]

/** @param chosen the day whose times are shown; nothing when no day has any */
export const timesPage = ({ days, chosen }) =>
  layout({
    title: settings.title,
    body: html`
<main class="shop">
  <section class="intro">
    <h1>Book a time</h1>
    ${settings.intro && html`<p class="lead">${settings.intro}</p>`}
    ${factsPart()}
  </section>
  <div class="picker">
    <section class="calendar" aria-label="Days">
      <h2>${months(days)}</h2>
      <div class="week-head" aria-hidden="true">${weekdays.map((name) => html`<span>${name}</span>`)}</div>
      <ol class="days">
        ${Array.from({ length: placeInWeek(days[0].day) }, () => html`<li aria-hidden="true"></li>`)}
        ${days.map((day) => dayPart(day, day === chosen))}
      </ol>
    </section>
    <section class="times" aria-labelledby="chosen-day">
      ${chosen ? chosenPart(chosen) : nothingPart}
    </section>
  </div>
</main>`,
  })

function months(days) {
  const [from, to] = [monthOf(days[0].day), monthOf(days.at(-1).day)]
  return from === to ? from : `${from.replace(/ \d+$/, "")} – ${to}`
}

function dayPart({ day, slots }, isChosen) {
  const free = slots.filter((slot) => slot.free > 0).length
  const date = Number(day.slice(8))
  const number = html`<span class="day-number">${date}</span>
    ${date === 1 && html`<span class="day-month">${shortMonth(day)}</span>`}`
  if (slots.length === 0)
    return html`<li class="day none"><span class="hidden">${longDay(day)}: closed</span>
      <span aria-hidden="true">${number}</span></li>`
  const says = free > 0 ? `${free} free` : "full"
  return html`<li class="day ${free === 0 && "full"}"><a href="/?day=${day}#chosen-day"
    ${isChosen && html`aria-current="date"`}><span class="hidden">${longDay(day)}, ${says}</span>
    <span class="day-shown" aria-hidden="true">${number}<span class="day-free">${says}</span></span></a></li>`
}

function chosenPart({ day, closed, slots }) {
  const any = slots.length > 0
  return html`
  <h2 id="chosen-day" tabindex="-1">${longDay(day)}</h2>
  ${!any && html`<p class="muted">${closed ? "Closed on this day." : "No times on this day."} Choose another one.</p>`}
  ${parts.map(([name, from, to]) => {
    const within = slots.filter(({ slot }) => timeOf(slot) >= from && timeOf(slot) < to)
    return within.length > 0 && html`<h3>${name}</h3><ul class="slots">${within.map(slotPart)}</ul>`
  })}`
}

function slotPart({ slot, free }) {
  const says =
    free === 0
      ? "Waiting list"
      : settings.capacity > 1
        ? `${free} ${free === 1 ? "place" : "places"}`
        : ""
  return html`<li><a class="slot ${free === 0 && "full"}" href="/book?at=${slot}">
    <span class="slot-time">${timeOf(slot)}</span>${says && html` <span class="slot-says">${says}</span>`}</a></li>`
}

const nothingPart = html`<h2 id="chosen-day">No times yet</h2>
  <p class="muted">No day ahead has times to book. If this is your app: look at the opening days and hours in
  <code>settings.json</code>.</p>`
