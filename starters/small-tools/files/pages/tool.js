import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"

/** The page of the one tool; its script fills it. */
export const toolPage = () =>
  layout({
    title: settings.title,
    script: `/tools/${settings.tool}.js`,
    body: html`
<main class="page">
  <h1>${settings.title}</h1>
  <div class="tool" id="tool" data-settings="${JSON.stringify(settings)}"></div>
  <noscript><p>This runs in the browser and needs JavaScript.</p></noscript>
</main>`,
  })
