// The form to add or change a record. Errors stand at their field; what was typed stays.
import { entityByPlural, isRelation, storedFields, waitingForm } from "../server/spec.js"
import { control } from "./controls.js"
import { titleOf } from "./format.js"
import { attribute, html } from "./html.js"
import { layout } from "./layout.js"

/** @param follow  the field of another form that waits for this record, as `pets.owner` */
export function formPage(app, { entity, record, values, errors = {}, problem, follow, saved }) {
  const name = entity.label.toLowerCase()
  const title = record ? `Edit ${name}` : `Add ${name}`
  const back = record ? `/${entity.plural}/${record.id}` : `/${entity.plural}`
  const isOpen = app.may.read(entity)
  const waiting = waitingForm(app.spec, { entity, follow })
  const action = waiting ? html`${back}?_for=${follow}` : back
  const body = html`<section class="card narrow">
${isOpen ? html`<p class="back"><a href="${back}">← ${record ? titleOf(entity, record) : entity.labelPlural}</a></p>` : ""}
<h1>${title}</h1>
${saved ? html`<p class="notice good" role="status">Thank you, it is saved.</p>` : ""}
${notice(entity, { errors, problem })}
<form method="post" action="${action}" novalidate>
${storedFields(entity).map((field) => row(app, { entity, field, value: values[field.name], error: errors[field.name] }))}
<div class="actions"><button class="button">${record ? "Save changes" : title}</button>${
    isOpen
      ? html`
<a class="button quiet" href="${waiting?.form ?? back}">Cancel</a>`
      : ""
  }</div>
</form>
</section>`
  return layout(app, { title, entity, body })
}

function notice(entity, { errors, problem }) {
  const wrong = entity.fields.filter((field) => errors[field.name])
  if (wrong.length === 0) return problem ? html`<p class="notice" role="alert">${problem}</p>` : ""
  const links = wrong.map((field, at) => [
    at === 0 ? "" : ", ",
    html`<a href="#field-${field.name}">${field.label}</a>`,
  ])
  return html`<p class="notice" role="alert">Please look again at: ${links}.</p>`
}

function row(app, { entity, field, value, error }) {
  const id = `field-${field.name}`
  const hint = help(app, { entity, field })
  const described = [error && `${id}-error`, hint && `${id}-help`].filter(Boolean).join(" ")
  const wiring = html` id="${id}" name="${field.name}"${attribute("required", field.required)}${attribute('aria-invalid="true"', error)}${described ? html` aria-describedby="${described}"` : ""}`
  const named = html`${field.label}${field.required || field.type === "flag" ? "" : html` <span class="optional">optional</span>`}`
  const label =
    field.type === "references"
      ? html`<span class="label" id="${id}-label">${named}</span>`
      : html`<label for="${id}">${named}</label>`
  return html`<div class="field${field.type === "flag" ? " check" : ""}">
${label}${control(app, { field, value, wiring })}
${hint ? html`<p class="help" id="${id}-help">${hint}</p>` : ""}
${error ? html`<p class="error" id="${id}-error">${error}</p>` : ""}
</div>`
}

function help(app, { entity, field }) {
  if (isRelation(field)) return addFirst(app, { entity, field })
  if (field.type === "rating") return `From ${field.min ?? 1} to ${field.max ?? 5}`
  return field.unit ? `In ${field.unit}` : ""
}

/** There is nothing to choose from: the way to add something, and back here with it. */
function addFirst(app, { entity, field }) {
  const target = entityByPlural(app.spec, field.to)
  if (!app.may.read(target)) return `${target.labelPlural} are not for everybody to choose from.`
  if (target === entity || app.store.options(target).length > 0 || !app.may.add(target)) return ""
  const at = `/${target.plural}/new?_for=${entity.plural}.${field.name}`
  return html`There are no ${target.labelPlural.toLowerCase()} yet. <a href="${at}">Add ${withArticle(target.label.toLowerCase())} first</a>`
}

const withArticle = (name) =>
  `${/^[aeiou]/.test(name) && !/^(uni|use|eu|one)/.test(name) ? "an" : "a"} ${name}`
