// A month of records by one of their dates: a grid where there is room, a list of days where there is not.
import { dayFromNow } from "../server/query.js"
import { titleOf } from "./format.js"
import { html } from "./html.js"

const monthName = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" })
const dayName = new Intl.DateTimeFormat("en", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
})
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

/** The month that `_month` names, else this one. */
function monthOf(params) {
  const asked = params.get("_month") ?? ""
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : dayFromNow(0).slice(0, 7)
}

/** First and last day that the grid of a month shows, whole weeks from Monday. */
function daysOf(month) {
  const first = new Date(`${month}-01T00:00Z`)
  const start = addDays(first, -((first.getUTCDay() + 6) % 7))
  const last = addDays(new Date(`${step(month, 1)}-01T00:00Z`), -1)
  const end = addDays(last, 6 - ((last.getUTCDay() + 6) % 7))
  return { from: iso(start), to: iso(end) }
}

/** The days that a calendar shows for an address. */
export const calendarRange = (params) => daysOf(monthOf(params))

export function calendar({ entity, view, query, items, undated }) {
  const month = monthOf(query.params)
  const { from, to } = daysOf(month)
  const days = []
  for (let at = new Date(`${from}T00:00Z`); iso(at) <= to; at = addDays(at, 1)) days.push(iso(at))
  const byDay = Map.groupBy(items, (record) => record[view.by].slice(0, 10))
  const head = weekdays.map((name) => html`<li aria-hidden="true">${name}</li>`)
  const cell = (day) => dayCell({ entity, day, month, records: byDay.get(day) ?? [] })
  return html`<div class="month"><h2>${monthName.format(new Date(`${month}-01T00:00Z`))}</h2>
<div class="steps">${link(query, step(month, -1), "Month before")}${link(query, step(month, 1), "Month after")}</div></div>
<ul class="weekdays">${head}</ul>
<ol class="calendar">${days.map(cell)}</ol>
${undated > 0 ? html`<p class="matched"><a href="/${entity.plural}?${new URLSearchParams({ [view.by]: "none" })}">${undated} without a date</a></p>` : ""}`
}

function dayCell({ entity, day, month, records }) {
  const kinds = [
    records.length === 0 && "free",
    !day.startsWith(month) && "other",
    day === dayFromNow(0) && "today",
  ]
  const item = (record) =>
    html`<li><a href="/${entity.plural}/${record.id}">${titleOf(entity, record)}</a></li>`
  return html`<li class="${kinds.filter(Boolean).join(" ")}"><time datetime="${day}"><span class="long-day">${dayName.format(new Date(`${day}T00:00Z`))}</span><span class="short-day" aria-hidden="true">${Number(day.slice(8))}</span></time>
${records.length > 0 ? html`<ul>${records.map(item)}</ul>` : ""}</li>`
}

function link(query, month, text) {
  const params = new URLSearchParams(query.params)
  params.set("_month", month)
  return html`<a class="button quiet" href="?${params}">${text}</a>`
}

function step(month, by) {
  const at = new Date(`${month}-15T00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + by)
  return iso(at).slice(0, 7)
}

const iso = (date) => date.toISOString().slice(0, 10)
const addDays = (date, days) => new Date(date.valueOf() + days * 86_400_000)
