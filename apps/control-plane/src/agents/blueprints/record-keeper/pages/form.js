// The form to add or change a record. Errors stand at their field; what was typed stays.
import { control } from "./controls.js"
import { titleOf } from "./format.js"
import { attribute, html } from "./html.js"
import { layout } from "./layout.js"

export function formPage(app, { entity, record, values, errors }) {
  const name = entity.label.toLowerCase()
  const title = record ? `Edit ${name}` : `Add ${name}`
  const back = record ? `/${entity.plural}/${record.id}` : `/${entity.plural}`
  const wrong = Object.keys(errors).length
  const body = html`<section class="card narrow">
<p class="back"><a href="${back}">← ${record ? titleOf(entity, record) : entity.labelPlural}</a></p>
<h1>${title}</h1>
${wrong > 0 ? html`<p class="notice" role="alert">${wrong === 1 ? "One field needs" : `${wrong} fields need`} another look.</p>` : ""}
<form method="post" action="${back}" novalidate>
${entity.fields.map((field) => row(app, { field, value: values[field.name], error: errors[field.name] }))}
<div class="actions"><button class="button">${record ? "Save changes" : title}</button>
<a class="button quiet" href="${back}">Cancel</a></div>
</form>
</section>`
  return layout(app.spec, { title, entity, body })
}

function row(app, { field, value, error }) {
  const id = `field-${field.name}`
  const described = [error && `${id}-error`, help(field) && `${id}-help`].filter(Boolean).join(" ")
  const wiring = html` id="${id}" name="${field.name}"${attribute("required", field.required)}${attribute('aria-invalid="true"', error)}${described ? html` aria-describedby="${described}"` : ""}`
  const label = html`<label for="${id}">${field.label}${field.required || field.type === "flag" ? "" : html` <span class="optional">optional</span>`}</label>`
  return html`<div class="field${field.type === "flag" ? " check" : ""}">
${label}${control(app, { field, value, wiring })}
${help(field) ? html`<p class="help" id="${id}-help">${help(field)}</p>` : ""}
${error ? html`<p class="error" id="${id}-error">${error}</p>` : ""}
</div>`
}

function help(field) {
  if (field.type === "rating") return `From ${field.min ?? 1} to ${field.max ?? 5}`
  return field.unit ? `In ${field.unit}` : ""
}
