import { dayLong } from "../server/calendar.js"
import { attribute, html } from "../server/html.js"
import { icons } from "./layout.js"

/** One day of one habit: a button that turns it over, or a still place for a day to come. */
export function markForm({ habit, day, today, back }) {
  if (day > today) return html`<span class="mark future" aria-hidden="true"></span>`
  const done = habit.days.includes(day)
  return html`<form method="post" action="/habits/${habit.id}/marks" data-mark>
  <input type="hidden" name="day" value="${day}"><input type="hidden" name="done" value="${done ? 0 : 1}"><input type="hidden" name="back" value="${back}">
  <button class="mark" aria-pressed="${done}" aria-label="${habit.name}, ${dayLong(day)}"${attribute("data-today", day === today)}>${icons.check}</button></form>`
}
