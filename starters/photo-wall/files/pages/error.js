import { html } from "../server/html.js"
import { layout } from "./layout.js"

export const errorPage = (settings, { status, message }) =>
  layout(settings, {
    title: String(status),
    body: html`<main class="alone"><p class="quiet">${status}</p><h1>${message}</h1><p><a class="button main" href="/">Back to the wall</a></p></main>`,
  })
