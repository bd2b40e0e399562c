// The list of one kind of record: search, filters, rows, pages.
import { titleField, viewsOf } from "../server/spec.js"
import { calendar } from "./calendar.js"
import { figuresOf } from "./figures.js"
import { filterBar } from "./filters.js"
import { shown, titleOf } from "./format.js"
import { attribute, html } from "./html.js"
import { layout } from "./layout.js"
import { titlesFor } from "./titles.js"
import { board, cards, countsOf, viewTabs } from "./views.js"
import { wordsFor } from "./words.js"

export function listPage(app, { entity, query, found, suggestion }) {
  const filtered = [...query.params].some(([name, value]) => value !== "" && !name.startsWith("_"))
  const view = query.view ?? viewsOf(entity)[0]
  const isPaged = view.kind === "table" || view.kind === "cards"
  const isShown = found.items.length > 0 || (view.kind === "calendar" && found.all > 0)
  const body = html`<div class="heading">
<h1>${entity.labelPlural} <span class="count" id="count">${found.total}</span></h1>
${app.may.add(entity) ? html`<a class="button add" href="/${entity.plural}/new">Add ${entity.label.toLowerCase()}</a>` : ""}
</div>
${viewTabs(entity, query)}
${suggestionCard(entity, suggestion)}
${found.total > 0 || filtered ? filterBar(app, { entity, query }) : ""}
<div id="records" aria-live="polite">
${countsOf(app, { entity, query, view })}
${filtered && found.items.length > 0 ? html`<p class="matched">${found.total} found · <a href="/${entity.plural}">Show all</a></p>` : ""}
${isShown ? "" : nothing(app, entity, filtered)}
${isShown || (view.kind === "board" && !filtered) ? drawn[view.kind](app, { entity, view, query, ...found }) : ""}
${isPaged ? pager({ query, total: found.total }) : ""}
${isPaged && isShown ? figuresOf(app, { entity, query }) : ""}
${isShown ? exportLink(app, { entity, query, view }) : ""}
</div>`
  return layout(app, {
    title: entity === app.spec.entities[0] ? app.spec.name : entity.labelPlural,
    entity,
    body,
  })
}

const drawn = { table, cards, board, calendar: (_app, at) => calendar(at) }

function table(app, { entity, items }) {
  const columns = columnsOf(entity)
  const titles = titlesFor(app, entity)
  const head = columns.map(
    (field) => html`<th scope="col" role="columnheader"${className(field)}>${field.label}</th>`,
  )
  const row = (record) => html`<tr role="row">
${columns.map((field, index) => (index === 0 ? titleCell(entity, record) : cell(app, { entity, field, record, titles })))}
</tr>`
  return html`<table role="table"><caption class="hidden">${entity.labelPlural}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">${items.map(row)}</tbody></table>`
}

function titleCell(entity, record) {
  return html`<th scope="row" role="rowheader" class="title"><a href="/${entity.plural}/${record.id}">${titleOf(entity, record)}</a></th>`
}

function cell(app, { entity, field, record, titles }) {
  const given = record[field.name]
  const empty = given === null || given.length === 0 ? " blank" : ""
  const isMark = field.type === "flag" && app.may.change(entity)
  const value = isMark
    ? toggle(entity, field, record)
    : shown(field, record, { app, entity, titles })
  return html`<td role="cell" class="${kindOf(field)}${empty}"><span class="label">${field.label}</span>${value}</td>`
}

/** A mark that can be set right in the list; app.js does it without leaving the page. */
function toggle(entity, field, record) {
  return html`<form method="post" action="/${entity.plural}/${record.id}/toggle/${field.name}" data-toggle="${field.name}" data-api="/api/${entity.plural}/${record.id}">
<button class="mark${field.closes ? " closes" : ""}" aria-pressed="${String(record[field.name])}" aria-label="${field.label}: ${titleOf(entity, record)}"></button></form>`
}

/** The title first, then what is quick to compare; long texts are on the record's own page. */
function columnsOf(entity) {
  const title = titleField(entity)
  const rest = entity.fields.filter((field) => field !== title && field.type !== "long_text")
  const chosen = rest.toSorted((one, other) => rank(one) - rank(other)).slice(0, 6)
  return [title, ...rest.filter((field) => chosen.includes(field))]
}

/** Where there is not room for all, marks to set stay and addresses go first. */
function rank({ type }) {
  if (type === "flag") return 0
  return ["url", "email", "phone", "color"].includes(type) ? 2 : 1
}

const className = (field) => (kindOf(field) ? html` class="${kindOf(field)}"` : "")

function kindOf(field) {
  if (["whole_number", "decimal", "money", "computed"].includes(field.type)) return "figure"
  return field.type === "flag" ? "flag" : ""
}

function suggestionCard(entity, suggestion) {
  if (!suggestion?.record) return ""
  return html`<aside class="card suggestion" aria-label="${entity.suggestion.title}">
<p class="overline">${entity.suggestion.title} · a rule, not a model</p>
<p class="pick"><a href="/${entity.plural}/${suggestion.record.id}">${titleOf(entity, suggestion.record)}</a></p>
<p class="because">${suggestion.because}</p>
</aside>`
}

function nothing({ may }, entity, filtered) {
  const seen = html`<p><a href="/-/example/${entity.plural}">See an example</a></p>`
  if (filtered)
    return html`<section class="empty"><p>Nothing matches. <a href="/${entity.plural}">Show all</a></p></section>`
  const name = entity.label.toLowerCase()
  return html`<section class="empty first"><h2>No ${entity.labelPlural.toLowerCase()} yet</h2>
<p>What you add is kept here, on this app’s own disk.</p>
${may.add(entity) ? html`<p><a class="button" href="/${entity.plural}/new">Add the first ${name}</a></p>` : ""}${seen}</section>`
}

/** What is found, as a table for spreadsheets. The first view has its filter without being named. */
function exportLink(app, { entity: { plural }, query, view }) {
  const found = new URLSearchParams(query.params)
  found.set("_view", view.name)
  for (const name of ["_page", "_limit", "_month"]) found.delete(name)
  return html`<p class="export" lang="${app.language}"><a class="button quiet" href="/api/${plural}.csv?${found}" download="${plural}.csv">${wordsFor(app).csv}</a></p>`
}

function pager({ query, total }) {
  const pages = Math.ceil(total / query.limit)
  if (pages <= 1) return ""
  const link = (page, text, relation) => {
    const params = new URLSearchParams(query.params)
    params.set("_page", String(page))
    return html`<a class="button quiet" rel="${relation}" href="?${params}"${attribute("data-page", true)}>${text}</a>`
  }
  return html`<nav class="pager" aria-label="Pages">
${query.page > 1 ? link(query.page - 1, "Previous", "prev") : ""}
<span>Page ${query.page} of ${pages}</span>
${query.page < pages ? link(query.page + 1, "Next", "next") : ""}
</nav>`
}
