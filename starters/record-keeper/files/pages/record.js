// One record in full, with what refers to it.
import { titleField } from "../server/spec.js"
import { shown, titleOf } from "./format.js"
import { html } from "./html.js"
import { layout } from "./layout.js"
import { related } from "./related.js"
import { titlesFor } from "./titles.js"

export function recordPage(app, { entity, record }) {
  const at = `/${entity.plural}/${record.id}`
  const titles = titlesFor(app, entity)
  const rest = entity.fields.filter((field) => field !== titleField(entity))
  const title = titleOf(entity, record)
  const body = html`<article class="card narrow">
<p class="back"><a href="/${entity.plural}">← ${entity.labelPlural}</a></p>
<h1>${title}</h1>
<dl class="facts">${rest.map((field) => html`<div><dt>${field.label}</dt><dd>${shown(field, record, { app, entity, titles })}</dd></div>`)}</dl>
${app.may.change(entity) ? actions(at) : ""}
</article>
${related(app, { entity, record })}`
  return layout(app, { title, entity, body })
}

const actions = (at) => html`<div class="actions"><a class="button" href="${at}/edit">Edit</a>
<a class="button quiet danger-text" href="${at}/delete">Delete</a></div>`
