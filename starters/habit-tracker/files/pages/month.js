import { addMonths, daysOfMonth, monthLong, weekdayShort } from "../server/calendar.js"
import { html } from "../server/html.js"
import { layout, steps } from "./layout.js"
import { markForm } from "./mark.js"

/** A month: habits down, all its days across. */
export function monthPage(app, month) {
  const { settings, habits, calendar } = app
  const today = calendar.today()
  const days = daysOfMonth(month)
  const current = today.startsWith(month)
  const shown = habits.list()
  return layout(settings, {
    title: "Month",
    place: "Month",
    body: html`${steps({
      title: monthLong(`${month}-01`),
      before: `/month?month=${addMonths(month, -1)}`,
      after: month < today.slice(0, 7) && `/month?month=${addMonths(month, 1)}`,
      now: !current && "/month",
    })}
${
  shown.length === 0
    ? html`<section class="alone"><h2>No habit yet</h2><p><a class="button main" href="/">Add the first one</a></p></section>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="Days of the month"><table class="month">
  <thead><tr><th scope="col"><span class="unseen">Habit</span></th>${days.map(
    (day) =>
      html`<th scope="col" class="${day === today && "now"}"><i aria-hidden="true">${weekdayShort(day)[0]}</i>${Number(day.slice(8))}</th>`,
  )}<th scope="col">Done</th></tr></thead>
  <tbody>${shown.map((habit) => row({ habit, days, today, month }))}</tbody></table></div>`
}`,
  })
}

function row({ habit, days, today, month }) {
  const past = days.filter((day) => day <= today).length
  const done = habit.days.filter((day) => day.startsWith(month)).length
  return html`<tr class="hue-${habit.color}" data-habit><th scope="row"><a href="/habits/${habit.id}">${habit.name}</a></th>
  ${days.map((day) => html`<td>${markForm({ habit, day, today, back: "month" })}</td>`)}
  <td class="share">${past === 0 ? "–" : html`<b>${done}</b> <span class="quiet">${Math.round((done / past) * 100)} %</span>`}</td></tr>`
}
