import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { chartPart } from "./chart.js"
import { dayText, layout } from "./layout.js"

const urlField = { label: "Leads to", max: 2000, required: true }

/** One link for its owner. @param days `{ day, n }`, the newest last */
export function linkPage({ link, days, origin, values = link, errors = {} }) {
  const recent = days.reduce((sum, { n }) => sum + n, 0)
  return layout({
    title: link.alias,
    script: "/copy.js",
    body: html`
<main class="sheet wide">
  <p><a href="/">Your links</a></p>
  <div class="row apart"><h1>${link.alias} ${!link.is_on && html`<span class="tag">off</span>`}</h1>
    <button class="button" type="button" data-copy="/${link.alias}" hidden>Copy short link</button></div>
  <p class="address muted">${origin}/${link.alias}, made on ${dayText(link.made_at)}</p>
  <figure class="panel">
    <figcaption><strong>${recent}</strong> ${recent === 1 ? "visit" : "visits"} in the last ${days.length} days, ${days.at(-1).n} of them today</figcaption>
    ${chartPart(days, { label: "Followed per day" })}
    <p class="chart-ends"><span>${dayText(days[0].day)}</span><span>today</span></p>
    <details><summary>As a table</summary><table class="days"><thead><tr><th scope="col">Day</th><th scope="col">Followed</th></tr></thead>
      <tbody>${days.toReversed().map(({ day, n }) => html`<tr><td>${dayText(day)}</td><td>${n}</td></tr>`)}</tbody></table></details>
  </figure>
  <form class="stack" method="post" action="/links/${link.id}">
    ${fieldPart("url", urlField, { values, errors })}
    <div><button class="button quiet">Save address</button></div>
  </form>
  <div class="row remove">
    <form method="post" action="/links/${link.id}/${link.is_on ? "off" : "on"}"><button class="button quiet small">${link.is_on ? "Switch off" : "Switch on"}</button></form>
    <form method="post" action="/links/${link.id}/delete"><button class="button danger small">Delete for good</button></form>
    <p class="help">A deleted link's name stays taken, so that nobody else gets its visitors.</p>
  </div>
</main>`,
  })
}
