// One record in full, with what refers to it.
import { titleField } from "../server/spec.js"
import { shown, titleOf } from "./format.js"
import { html } from "./html.js"
import { layout } from "./layout.js"
import { titlesFor } from "./titles.js"

export function recordPage(app, { entity, record }) {
  const at = `/${entity.plural}/${record.id}`
  const titles = titlesFor(app, entity)
  const rest = entity.fields.filter((field) => field !== titleField(entity))
  const title = titleOf(entity, record)
  const body = html`<article class="card narrow">
<p class="back"><a href="/${entity.plural}">← ${entity.labelPlural}</a></p>
<h1>${title}</h1>
<dl class="facts">${rest.map((field) => html`<div><dt>${field.label}</dt><dd>${shown(field, record, titles)}</dd></div>`)}</dl>
<div class="actions"><a class="button" href="${at}/edit">Edit</a>
<a class="button quiet danger-text" href="${at}/delete">Delete</a></div>
</article>
${related(app, { entity, record })}`
  return layout(app.spec, { title, entity, body })
}

function related({ spec, store }, { entity, record }) {
  const users = spec.entities.flatMap((other) =>
    other.fields.filter((field) => field.to === entity.plural).map((field) => ({ other, field })),
  )
  return users.map(({ other, field }) => {
    const params = new URLSearchParams({ [field.name]: String(record.id) })
    const { items, total } = store.list(other, { text: "", sort: "", limit: 20, offset: 0, params })
    return html`<section class="card narrow related"><div class="heading"><h2>${other.labelPlural} <span class="count">${total}</span></h2>
<a class="button quiet" href="/${other.plural}/new?${params}">Add ${other.label.toLowerCase()}</a></div>
${items.length > 0 ? html`<ul>${items.map((item) => html`<li><a href="/${other.plural}/${item.id}">${titleOf(other, item)}</a></li>`)}</ul>` : html`<p class="none">None yet.</p>`}
${total > items.length ? html`<p><a href="/${other.plural}?${params}">Show all ${total}</a></p>` : ""}</section>`
  })
}
