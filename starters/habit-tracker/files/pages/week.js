import { addDays, dayLong, dayShort, weekdayShort } from "../server/calendar.js"
import { attribute, html } from "../server/html.js"
import { streakOf } from "../server/streaks.js"
import { icons, layout, steps } from "./layout.js"
import { markForm } from "./mark.js"
import { rowSummary } from "./streak.js"

/** A week: habits down, days across. */
export function weekPage(app, { first, form, problem, example }) {
  const { settings, habits, calendar } = app
  const today = calendar.today()
  const days = calendar.daysOfWeek(first)
  const shown = habits.list()
  const current = days.includes(today)
  return layout(settings, {
    title: "Week",
    place: "Week",
    body: html`${example && html`<h1 class="unseen">Example of a week</h1><p class="example">This is an example. <a href="/">Begin your own</a></p>`}<div${attribute("inert", example)}>${steps(
      {
        title: current ? dayLong(today) : `${dayShort(first)} – ${dayShort(days[6])}`,
        before: `/?week=${addDays(first, -7)}`,
        after: !current && `/?week=${addDays(first, 7)}`,
        now: !current && "/",
      },
    )}
${current && shown.length > 0 && todayLine(shown, today)}
${shown.length > 0 ? grid({ shown, days, today, calendar }) : empty()}
${addForm({ form, problem })}
${archive(habits.list(true))}</div>
${shown.every((habit) => habit.days.length === 0) && html`<p class="hint"><a href="/example">See what two weeks look like</a></p>`}`,
  })
}

function todayLine(shown, today) {
  const done = shown.filter(({ days }) => days.includes(today)).length
  const share = Math.round((done / shown.length) * 100)
  return html`<p class="today"><span data-done-today>${done === shown.length ? "Everything is done today." : `${done} of ${shown.length} done today`}</span>
<svg class="line" aria-hidden="true" width="100%" height="10"><rect class="track" width="100%" height="10" rx="5" /><rect class="fill" width="${share}%" height="10" rx="5" data-line /></svg></p>`
}

function grid({ shown, days, today, calendar }) {
  return html`<div class="week" role="group" aria-label="This week's days">
  <div class="days" aria-hidden="true"><span></span>${days.map(
    (day) =>
      html`<span class="${day === today && "now"}"><i>${weekdayShort(day)}</i>${Number(day.slice(8))}</span>`,
  )}</div>
  ${shown.map((habit) => {
    const streak = streakOf(habit, { today, weekOf: calendar.weekOf })
    return html`<section class="habit hue-${habit.color}" data-habit>
    <div class="about"><h2><a href="/habits/${habit.id}">${habit.name}</a></h2><p class="stand" data-summary>${rowSummary(habit, streak)}</p></div>
    ${days.map((day) => markForm({ habit, day, today, back: "week" }))}</section>`
  })}
</div>`
}

const empty = () => html`<section class="alone">${icons.logo}<h2>Start with one small thing.</h2>
<p class="quiet">Two minutes of stretching, a glass of water, a page of a book. Name it below, and tick it off each day.</p></section>`

function addForm({ form, problem }) {
  return html`<form class="add" method="post" action="/habits">
  <div class="grow"><label for="name">New habit</label><input id="name" name="name" required maxlength="40" value="${form?.name}" placeholder="Read a page"></div>
  <div><label for="target">Days a week</label><select id="target" name="target">${[
    7, 6, 5, 4, 3, 2, 1,
  ].map(
    (days) =>
      html`<option value="${days}"${attribute("selected", days === Number(form?.target ?? 7))}>${days === 7 ? "Every day" : days}</option>`,
  )}</select></div>
  <button class="button main">Add habit</button>
  ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
</form>`
}

function archive(archived) {
  if (archived.length === 0) return ""
  return html`<details class="archive"><summary>Archived (${archived.length})</summary><ul>${archived.map(
    ({ id, name }) =>
      html`<li><a class="archive-name" href="/habits/${id}">${name}</a><form method="post" action="/habits/${id}/restore"><button class="button" aria-label="Take up ${name} again">Take up again</button></form></li>`,
  )}</ul></details>`
}
