import { signOutPart } from "../owner.js"
import { html } from "../web/html.js"
import { textFile } from "../web/http.js"
import { layout } from "./layout.js"

/** Who signed up, and who wrote. @param days `{ day, count }`, the newest last */
export const listPage = ({ words, list, count, days, messages }) =>
  layout({
    title: "Sign-ups",
    body: html`
<main id="main" class="page">
  <div class="row apart"><h1>Sign-ups</h1>${signOutPart}</div>
  ${
    count === 0
      ? html`<section class="blank"><h2>Nobody yet</h2>
          <p class="muted">Who leaves an address on the page is listed here at once. Try it yourself.</p></section>`
      : [chartPart(count, days), searchPart(words), tablePart(list, words)]
  }
  ${messages.length > 0 && messagesPart(messages)}
</main>`,
  })

const dayText = (text) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(text))

function chartPart(count, days) {
  const most = Math.max(1, ...days.map((day) => day.count))
  const width = 100 / days.length
  const recent = days.reduce((sum, day) => sum + day.count, 0)
  return html`<figure class="chart">
    <figcaption><strong>${count}</strong> in all, ${recent} in the last ${days.length} days</figcaption>
    <svg viewBox="0 0 100 30" preserveAspectRatio="none" role="img"
      aria-label="Sign-ups per day, at most ${most}">${days.map(({ day, count: n }, at) => {
        const height = n === 0 ? 0.4 : (n / most) * 29
        return html`<rect class="${n === 0 ? "none" : "some"}" x="${(at * width + width * 0.12).toFixed(2)}" y="${(30 - height).toFixed(2)}"
          width="${(width * 0.76).toFixed(2)}" height="${height.toFixed(2)}"><title>${dayText(day)}: ${n}</title></rect>`
      })}</svg>
    <p class="chart-ends"><span>${dayText(days[0].day)}</span><span>today</span></p></figure>`
}

const searchPart = (words) => html`<div class="row apart">
  <form class="row" action="/owner" role="search">
    <label class="hidden" for="search">Search</label>
    <input class="input search" id="search" name="search" type="search" maxlength="100" placeholder="Search address or name" value="${words}">
    <button class="button quiet">Search</button></form>
  <a href="/owner/signups.csv">Export CSV</a></div>`

const tablePart = (list, words) =>
  list.length === 0
    ? html`<p class="muted">Nobody with “${words}”. <a href="/owner">Show all</a></p>`
    : html`<table class="list"><thead><tr><th scope="col">Email</th><th scope="col">Name</th><th scope="col">Plan</th>
        <th scope="col">Since</th><th scope="col"><span class="hidden">Delete</span></th></tr></thead>
      <tbody>${list.map(
        ({ id, email, name, plan, made_at }) => html`<tr>
          <td><a href="mailto:${email}">${email}</a></td><td>${name}</td><td>${plan}</td><td>${dayText(made_at)}</td>
          <td><form method="post" action="/owner/signups/${id}/delete">
            <button class="button danger small" aria-label="Delete ${email}">Delete</button></form></td></tr>`,
      )}</tbody></table>`

const messagesPart = (messages) => html`<section aria-labelledby="messages-title">
  <h2 id="messages-title">Messages</h2>
  <ul class="messages">${messages.map(
    ({ id, name, email, message, made_at }) => html`<li>
      <p><strong>${name}</strong> <a href="mailto:${email}">${email}</a> <span class="muted">${dayText(made_at)}</span></p>
      <p class="said">${message}</p>
      <form method="post" action="/owner/messages/${id}/delete">
        <button class="button danger small" aria-label="Delete the message of ${name}">Delete</button></form></li>`,
  )}</ul></section>`

/** All sign-ups as a table for spreadsheets. */
export function csvOf(list) {
  const head = ["email", "name", "plan", "made_at"]
  const rows = [head, ...list.map((signup) => head.map((name) => signup[name]))]
  const body = rows.map((row) => row.map(cell).join(",")).join("\r\n")
  return textFile("text/csv", `${body}\r\n`, {
    "Content-Disposition": 'attachment; filename="signups.csv"',
  })
}

/** A spreadsheet would run a cell that begins like a formula. */
const cell = (value) =>
  `"${String(value)
    .replace(/^[=+\-@\t]/, "'$&")
    .replaceAll('"', '""')}"`
