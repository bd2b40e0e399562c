import { titleOf } from "./format.js"
import { html } from "./html.js"
import { layout } from "./layout.js"

/** @param usedBy  which records refer to this one, as the store says it */
export function confirmPage(app, { entity, record, usedBy }) {
  const body = usedBy.length > 0 ? inUse(app, { entity, record, usedBy }) : question(entity, record)
  return layout(app, { title: `Delete ${entity.label.toLowerCase()}`, entity, body })
}

function question(entity, record) {
  const at = `/${entity.plural}/${record.id}`
  return html`<section class="card narrow">
<h1>Delete “${titleOf(entity, record)}”?</h1>
<p>This ${entity.label.toLowerCase()} will be gone for good. There is no undo.</p>
<form method="post" action="${at}/delete" class="actions">
<button class="button danger">Delete ${entity.label.toLowerCase()}</button>
<a class="button quiet" href="${at}">Keep it</a>
</form>
</section>`
}

function inUse({ may }, { entity, record, usedBy }) {
  const users = usedBy.map(({ entity: other, field, count }, at) => {
    const name = (count === 1 ? other.label : other.labelPlural).toLowerCase()
    const words = may.read(other) ? `${count} ${name}` : `${count} records that you may not see`
    if (!may.read(other)) return [at === 0 ? "" : " and ", words]
    const link = html`<a href="/${other.plural}?${field.name}=${record.id}">${words}</a>`
    return [at === 0 ? "" : " and ", link]
  })
  return html`<section class="card narrow">
<h1>“${titleOf(entity, record)}” is still needed</h1>
<p>It can be deleted once ${users} no longer belong${usedBy.length === 1 && usedBy[0].count === 1 ? "s" : ""} to it.</p>
<div class="actions"><a class="button" href="/${entity.plural}/${record.id}">Back to ${entity.label.toLowerCase()}</a></div>
</section>`
}
