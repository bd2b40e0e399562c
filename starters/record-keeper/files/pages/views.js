// The ways to look at a list beside the table: cards, a board by a choice, a calendar by a date. And what
// stands above each of them: the names of the views, and how many records have each choice.
import { fieldNamed, titleField, viewsOf } from "../server/spec.js"
import { shown, titleOf } from "./format.js"
import { attribute, html } from "./html.js"
import { titlesFor } from "./titles.js"

export function viewTabs(entity, { view, params }) {
  const views = viewsOf(entity)
  if (views.length < 2) return ""
  const current = view ?? views[0]
  const tab = (each) => {
    const to = new URLSearchParams(params)
    for (const name of ["_page", "_month", "_sort"]) to.delete(name)
    to.set("_view", each.name)
    return html`<a href="/${entity.plural}?${to}"${attribute('aria-current="page"', each === current)}>${each.label}</a>`
  }
  return html`<nav class="views" aria-label="Views">${views.map(tab)}</nav>`
}

/** For each value of a choice how many records have it; a link to those. */
export function countsOf(app, { entity, query, view }) {
  const field = view.counts && fieldNamed(entity, view.counts)
  if (!field) return ""
  const others = new URLSearchParams(query.params)
  others.delete(field.name)
  others.delete("_page")
  const counts = app.store.counts(entity, { ...query, params: others }, field)
  const chosen = query.params.get(field.name)
  const part = (value) => {
    const to = new URLSearchParams(others)
    if (chosen !== value) to.set(field.name, value)
    return html`<a href="/${entity.plural}?${to}"${attribute('aria-current="true"', chosen === value)}><span>${value}</span> <b>${counts.get(value) ?? 0}</b></a>`
  }
  return html`<nav class="counts" aria-label="${field.label}">${field.choices.map(part)}</nav>`
}

export function cards(app, { entity, items }) {
  const titles = titlesFor(app, entity)
  const facts = entity.fields.filter((field) => field !== titleField(entity)).slice(0, 8)
  const card = (record) => html`<li class="card">
<h2><a href="/${entity.plural}/${record.id}">${titleOf(entity, record)}</a></h2>
<dl>${facts.filter((field) => hasValue(record[field.name])).map((field) => html`<div><dt>${field.label}</dt><dd>${shown(field, record, { app, entity, titles })}</dd></div>`)}</dl>
</li>`
  return html`<ul class="cards">${items.map(card)}</ul>`
}

const hasValue = (value) => value !== null && value !== "" && value?.length !== 0

export function board(app, { entity, view, items, total }) {
  const by = fieldNamed(entity, view.by)
  const known = new Set(by.choices)
  const rest = items.filter((record) => !known.has(record[by.name]))
  const columns = by.choices.map((value) => ({
    value,
    records: items.filter((record) => record[by.name] === value),
  }))
  if (rest.length > 0) columns.push({ value: undefined, records: rest })
  const cut =
    total > items.length
      ? html`<p class="matched">The first ${items.length} of ${total} are shown.</p>`
      : ""
  const titles = titlesFor(app, entity)
  const list = (column) => boardColumn(app, { entity, by, column, titles })
  return html`${cut}<div class="board" data-board="${by.name}" data-api="/api/${entity.plural}" tabindex="0" role="group" aria-label="By ${by.label.toLowerCase()}">${columns.map(list)}</div>`
}

function boardColumn(app, { entity, by, column: { value, records }, titles }) {
  const named = value ?? `No ${by.label.toLowerCase()}`
  return html`<section${value === undefined ? "" : html` data-value="${value}"`} aria-label="${named}">
<h2>${named} <span class="count">${records.length}</span></h2>
<ul>${records.map((record) => boardCard(app, { entity, by, record, titles }))}</ul></section>`
}

function boardCard(app, { entity, by, record, titles }) {
  const facts = entity.fields
    .filter((field) => field !== titleField(entity) && field !== by && field.type !== "long_text")
    .filter((field) => hasValue(record[field.name]) && record[field.name] !== false)
    .slice(0, 3)
  const isOpen = app.may.change(entity)
  return html`<li data-id="${record.id}"${attribute('draggable="true"', isOpen)}>
<a class="name" href="/${entity.plural}/${record.id}">${titleOf(entity, record)}</a>
<p class="more">${facts.map((field) => html`<span title="${field.label}">${shown(field, record, { app, entity, titles })}</span>`)}</p>
${isOpen ? mover({ entity, by, record }) : ""}</li>`
}

/** Moving by keyboard, and without a script. */
function mover({ entity, by, record }) {
  const option = (value) =>
    html`<option${attribute("selected", value === record[by.name])}>${value}</option>`
  const none = by.required && record[by.name] ? "" : html`<option value="">–</option>`
  return html`<form method="post" action="/${entity.plural}/${record.id}/set/${by.name}" data-move>
<select name="value" aria-label="${by.label} of ${titleOf(entity, record)}">${none}${by.choices.map(option)}</select><noscript><button class="button quiet">Move</button></noscript></form>`
}
