import { html } from "../server/html.js"
import { layout } from "./layout.js"

export const errorPage = (settings, { status, message }) =>
  layout(settings, {
    title: String(status),
    body: html`<section class="alone"><p class="quiet">${status}</p><h1>${message}</h1><p><a class="button main" href="/">Back to the habits</a></p></section>`,
  })
