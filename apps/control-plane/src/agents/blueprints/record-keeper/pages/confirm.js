import { titleOf } from "./format.js"
import { html } from "./html.js"
import { layout } from "./layout.js"

export function confirmPage({ spec }, { entity, record }) {
  const at = `/${entity.plural}/${record.id}`
  const body = html`<section class="card narrow">
<h1>Delete “${titleOf(entity, record)}”?</h1>
<p>This ${entity.label.toLowerCase()} will be gone for good. There is no undo.</p>
<form method="post" action="${at}/delete" class="actions">
<button class="button danger">Delete ${entity.label.toLowerCase()}</button>
<a class="button quiet" href="${at}">Keep it</a>
</form>
</section>`
  return layout(spec, { title: `Delete ${entity.label.toLowerCase()}`, entity, body })
}
