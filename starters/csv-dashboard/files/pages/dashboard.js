import { html } from "../server/html.js"
import { figuresOf, groupsOf, timelineOf } from "../server/summaries.js"
import { barChart, lineChart } from "./charts.js"
import { chartChoices, filterForm } from "./filters.js"
import { icons, layout } from "./layout.js"
import { rowsTable } from "./table.js"

export function dashboardPage(app, { dataset, question, rows, query }) {
  const { settings, format } = app
  return layout(settings, {
    title: dataset.name,
    actions: html`<a class="button" href="/files/${dataset.id}/rows.csv?${query}">${icons.download}<span>Download rows</span></a>
      <a class="button main" href="/">${icons.upload}<span>Another file</span></a>`,
    body: html`<div class="heading">
  <h1>${dataset.name}</h1>
  <p class="quiet">${format.count(dataset.rows.length)} rows, ${dataset.columns.length} columns</p>
</div>
${problems(dataset)}
${filterForm({ dataset, question })}
${figures({ dataset, rows, format })}
${rows.length > 0 && charts({ dataset, question, rows, format, query, groupBy: settings.groupBy })}
${rowsTable({ settings, format, dataset, question, rows, query })}`,
  })
}

function problems({ problems: named, unnamed, left, rows }) {
  if (named.length === 0) return ""
  return html`<details class="panel problems">
  <summary>${named.length + unnamed} ${named.length + unnamed === 1 ? "thing" : "things"} in this file did not fit${
    left > 0 && html`; ${left} of ${left + rows.length} rows were left out`
  }</summary>
  <ul>${named.map((sentence) => html`<li>${sentence}</li>`)}</ul>
  ${unnamed > 0 && html`<p class="quiet">and ${unnamed} more.</p>`}
</details>`
}

function figures({ dataset, rows, format }) {
  const all = figuresOf(dataset, rows)
  return html`<dl class="figures">
  <div class="panel"><dt>Rows</dt><dd>${format.count(rows.length)}</dd><dd class="quiet">of ${format.count(dataset.rows.length)}</dd></div>
  ${all.map(
    ({ column, sum, mean }) => html`<div class="panel"><dt>${column.name}, sum</dt>
    <dd>${format.value(sum, column.type)}</dd>
    <dd class="quiet">${mean === null ? "no values" : html`${format.value(mean, column.type)} on average`}</dd></div>`,
  )}
</dl>`
}

function charts({ dataset, question, rows, format, query, groupBy }) {
  const { by, over, sum } = question
  const measured = sum === undefined ? { name: "Rows", type: "number" } : dataset.columns[sum]
  const drawn = { format, type: measured.type, measure: measured.name }
  return html`<section class="charts" aria-label="Charts">
  ${by !== undefined && bars({ dataset, question, rows, drawn, query, groupBy })}
  ${
    over !== undefined &&
    html`<article class="panel"><div class="chart-head"><h2>${measured.name} over time</h2></div>
    ${lineChart(timelineOf(rows, question), drawn)}</article>`
  }
</section>`
}

function bars({ dataset, question, rows, drawn, query, groupBy }) {
  const groups = groupsOf(rows, question)
  const { format, type, measure } = drawn
  return html`<article class="panel">
  <div class="chart-head"><h2>${measure} by ${dataset.columns[question.by].name}</h2>
  ${chartChoices({ dataset, question, query })}</div>
  ${groupBy !== "" && !question.hasWanted && html`<p class="quiet chart-note">This file has no column “${groupBy}” with texts.</p>`}
  ${barChart(groups, drawn)}
  <details><summary>As a table</summary>
  <table class="small"><thead><tr><th scope="col">${dataset.columns[question.by].name}</th><th scope="col" class="right">Rows</th><th scope="col" class="right">${measure}</th></tr></thead>
  <tbody>${groups.map(
    (group) =>
      html`<tr><th scope="row">${group.label}</th><td class="right">${format.count(group.rows)}</td><td class="right">${format.value(group.value, type)}</td></tr>`,
  )}</tbody></table></details>
</article>`
}
