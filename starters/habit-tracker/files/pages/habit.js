import { addDays, dayLong } from "../server/calendar.js"
import { colorsCount } from "../server/habits.js"
import { attribute, html } from "../server/html.js"
import { streakOf } from "../server/streaks.js"
import { layout } from "./layout.js"
import { counted } from "./streak.js"

const weeksShown = 26

/** One habit: its figures, half a year at a glance, and what can be changed. */
export function habitPage(app, { habit, problem }) {
  const { settings, calendar } = app
  const today = calendar.today()
  const { unit, now, best, total } = streakOf(habit, { today, weekOf: calendar.weekOf })
  const figures = {
    "Streak now": counted(now, unit),
    "Longest streak": counted(best, unit),
    "Done in all": counted(total, "time"),
  }
  return layout(settings, {
    title: habit.name,
    body: html`<div class="single hue-${habit.color}">
  <h1>${habit.name}</h1>
  <dl class="figures">${Object.entries(figures).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  ${map({ habit, today, calendar })}
  ${changeForm(habit, problem)}
  <div class="row">${Object.entries(actsOf(habit)).map(
    ([name, words]) =>
      html`<form method="post" action="/habits/${habit.id}/${name}"${name === "delete" && html` data-confirm="Delete ${habit.name} and all its days?"`}><button class="button${name === "delete" && " danger"}">${words}</button></form>`,
  )}</div>
</div>`,
  })
}

const actsOf = ({ archived }) => ({
  ...(archived === 1
    ? { restore: "Take up again" }
    : { up: "Move up", down: "Move down", archive: "Archive" }),
  delete: "Delete",
})

/** Half a year, a column for each week; the title of each square says its day. */
function map({ habit, today, calendar }) {
  const done = new Set(habit.days)
  const first = addDays(calendar.weekOf(today), -7 * (weeksShown - 1))
  const squares = Array.from({ length: weeksShown * 7 }, (_, at) => addDays(first, at)).filter(
    (day) => day <= today,
  )
  const marked = squares.filter((day) => done.has(day)).length
  return html`<svg class="map" role="img" viewBox="0 0 ${weeksShown * 14} 98" aria-label="Done on ${marked} of the last ${squares.length} days">${squares.map(
    (day, at) =>
      html`<rect class="${done.has(day) ? "yes" : "no"}" x="${Math.floor(at / 7) * 14 + 1}" y="${(at % 7) * 14 + 1}" width="12" height="12" rx="3.500"><title>${dayLong(day)}${done.has(day) && ", done"}</title></rect>`,
  )}</svg>`
}

function changeForm({ id, name, target, color }, problem) {
  return html`<form class="panel" method="post" action="/habits/${id}">
  <h2>Change it</h2>
  ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
  <label for="name">Name</label><input id="name" name="name" required maxlength="40" value="${name}">
  <label for="target">Days a week</label><select id="target" name="target">${[
    7, 6, 5, 4, 3, 2, 1,
  ].map(
    (days) =>
      html`<option value="${days}"${attribute("selected", days === Number(target))}>${days === 7 ? "Every day" : days}</option>`,
  )}</select>
  <fieldset><legend>Colour</legend><div class="colors">${Array.from(
    { length: colorsCount },
    (_, at) =>
      html`<label class="hue-${at}"><input type="radio" name="color" value="${at}" aria-label="Colour ${at + 1}"${attribute("checked", at === Number(color))}><span></span></label>`,
  )}</div></fieldset>
  <button class="button main">Save</button>
</form>`
}
