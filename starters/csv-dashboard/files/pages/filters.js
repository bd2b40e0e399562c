// The forms above the charts. They are plain forms of the address; with JavaScript they send themselves.
import { isNumeric } from "../server/dataset.js"
import { attribute, html } from "../server/html.js"
import { icons } from "./layout.js"

export function filterForm({ dataset, question }) {
  const { search, choices, only, ranges } = question
  const active = search !== "" || only.length > 0 || ranges.length > 0
  return html`<form class="filters panel" method="get" data-auto>
  <div class="field grow">
    <label for="q">Search</label>
    <div class="with-icon">${icons.search}<input id="q" name="q" type="search" maxlength="80" value="${search}" placeholder="In every column"></div>
  </div>
  ${choices.slice(0, 3).map((choice) => choiceField(choice, only))}
  ${rangeFields(dataset, question)}
  ${hidden(question)}
  <div class="field buttons"><button class="button">Apply</button>
  ${active && html`<a class="link" href="/files/${dataset.id}">Clear</a>`}</div>
</form>`
}

function choiceField({ index, name, values }, only) {
  const chosen = only.find((filter) => filter.index === index)?.value
  return html`<div class="field"><label for="f${index}">${name}</label>
  <select id="f${index}" name="f${index}"><option value="">All</option>${values.map(
    (value) =>
      html`<option value="${value}"${attribute("selected", value === chosen)}>${value}</option>`,
  )}</select></div>`
}

function rangeFields({ columns }, { ranges }) {
  const ranged = columns.flatMap((column, index) =>
    column.type === "text" ? [] : [{ ...column, index }],
  )
  if (ranged.length === 0) return ""
  return html`<details class="ranges"${attribute("open", ranges.length > 0)}><summary>Ranges${ranges.length > 0 && html` (${ranges.length})`}</summary>
  <div class="range-grid">${ranged.slice(0, 6).map(({ name, type, index }) => {
    const range = ranges.find((one) => one.index === index)
    const kind = type === "date" ? "date" : "number"
    return html`<fieldset><legend>${name}</legend>
    <input name="from${index}" type="${kind}" step="any" aria-label="${name} from" placeholder="from" value="${range?.from}">
    <input name="to${index}" type="${kind}" step="any" aria-label="${name} to" placeholder="to" value="${range?.to}"></fieldset>`
  })}</div></details>`
}

/** The order and the charts stay as they are when a filter changes. */
function hidden({ sort, down, by, sum, over }) {
  const kept = { sort, dir: down ? "down" : undefined, by, sum: sum ?? "count", over }
  return Object.entries(kept).map(
    ([name, value]) =>
      value !== undefined && html`<input type="hidden" name="${name}" value="${value}">`,
  )
}

/** What the bars are by, and what they measure. */
export function chartChoices({ dataset, question, query }) {
  const { by, sum, groups } = question
  const numbers = dataset.columns.flatMap((column, index) =>
    isNumeric(column) ? [{ index, name: column.name }] : [],
  )
  const kept = [...query].filter(([name]) => !["by", "sum", "page"].includes(name))
  return html`<form class="chart-choices" method="get" data-auto>
  ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
  <select name="sum" aria-label="Measure"><option value="count">Rows</option>${numbers.map(
    ({ index, name }) =>
      html`<option value="${index}"${attribute("selected", index === sum)}>${name}</option>`,
  )}</select>
  <select name="by" aria-label="Group by">${groups.map(
    ({ index, name }) =>
      html`<option value="${index}"${attribute("selected", index === by)}>by ${name}</option>`,
  )}</select>
  <noscript><button class="button">Draw</button></noscript>
</form>`
}
