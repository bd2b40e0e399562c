import { html } from "./html.js"
import { layout } from "./layout.js"

export function errorPage(spec, { status, message }) {
  const title = status === 404 ? "Not found" : "That did not work"
  return layout(spec, {
    title,
    body: html`<section class="empty"><h1>${title}</h1><p>${message}</p>
<p><a class="button" href="/">Back to ${spec.name}</a></p></section>`,
  })
}
