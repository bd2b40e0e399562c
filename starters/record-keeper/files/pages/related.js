// The records that refer to one, on its own page.
import { relationsTo, titleField } from "../server/spec.js"
import { shown, titleOf } from "./format.js"
import { html } from "./html.js"

const most = 20
const telling = ["choice", "date", "datetime", "time", "money", "decimal", "whole_number", "rating"]

export function related(app, { entity, record }) {
  const { spec, store, may } = app
  const users = relationsTo(spec, entity).filter((use) => may.read(use.entity))
  return users.map(({ entity: other, field }) => {
    const params = new URLSearchParams({ [field.name]: String(record.id) })
    const query = { text: "", sort: "", limit: most, offset: 0, params }
    const { items, total } = store.list(other, query)
    return html`<section class="card narrow related"><div class="heading"><h2>${other.labelPlural} <span class="count">${total}</span></h2>
${may.add(other) ? html`<a class="button quiet" href="/${other.plural}/new?${params}">Add ${other.label.toLowerCase()}</a>` : ""}</div>
${items.length > 0 ? html`<ul>${items.map((item) => row(app, other, item))}</ul>` : html`<p class="none">None yet.</p>`}
${total > items.length ? html`<p><a href="/${other.plural}?${params}">Show all ${total}</a></p>` : ""}</section>`
  })
}

/** A name, and two short facts that tell it from others of the same name. */
function row(app, other, item) {
  const facts = other.fields
    .filter((field) => telling.includes(field.type) && field !== titleField(other))
    .filter((field) => item[field.name] !== null)
    .slice(0, 2)
  return html`<li><a href="/${other.plural}/${item.id}">${titleOf(other, item)}</a>
<span class="more">${facts.map((field) => html`<span title="${field.label}">${shown(field, item, { app, entity: other })}</span>`)}</span></li>`
}
