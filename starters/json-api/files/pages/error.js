import { html } from "../server/html.js"
import { layout } from "./layout.js"

export const errorPage = (settings, { status, message }) =>
  layout({
    title: `${status} · ${settings.title}`,
    body: html`<main class="alone"><p>${status}</p><h1>${message}</h1><p><a href="/">To the description of the API</a></p></main>`,
  })
