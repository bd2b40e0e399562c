import { html } from "../server/html.js"
import { layout } from "./layout.js"

export const errorPage = (settings, { status, message }) =>
  layout(settings, {
    title: "That did not work",
    body: html`<section class="panel centred">
  <p class="quiet">${status}</p>
  <h1>${message}</h1>
  <p><a class="button" href="/">Back to the files</a></p>
</section>`,
  })
