import { html } from "./html.js"
import { layout } from "./layout.js"

export function errorPage(app, { status, message }) {
  const title = status === 404 ? "Not found" : "That did not work"
  return layout(app, {
    title,
    body: html`<section class="empty"><h1>${title}</h1><p>${message}</p>
<p><a class="button" href="/">Back to ${app.spec.name}</a></p></section>`,
  })
}
