import { html } from "../web/html.js"
import { dayText, layout } from "./layout.js"

/** The short link that was just made. */
export const madePage = ({ link, origin }) =>
  layout({
    title: "Your short link",
    script: "/copy.js",
    body: html`
<main class="sheet">
  <h1>Your short link</h1>
  <div class="bar">
    <label class="hidden" for="short">Short link</label>
    <input class="bar-input" id="short" readonly value="${origin}/${link.alias}">
    <button class="button bar-button" type="button" data-copy="/${link.alias}" hidden>Copy</button>
  </div>
  <p class="muted">It leads to <span class="address">${link.url}</span></p>
  <div class="row"><a class="button quiet" href="/${link.alias}" target="_blank" rel="noopener">Try it</a><a class="button quiet" href="/">Another one</a></div>
</main>`,
  })

/** Where a link leads, for who wants to know before they follow it. */
export const lookPage = ({ link, host }) =>
  layout({
    title: `Where ${link.alias} leads`,
    body: html`
<main class="sheet">
  <p class="muted">${host}/${link.alias} leads to</p>
  <h1 class="address">${link.url}</h1>
  <p class="muted">Made on ${dayText(link.made_at)}.${!link.is_on && " It is switched off."}</p>
  ${link.is_on === 1 && html`<p><a class="button" href="/${link.alias}" rel="noopener">Go there</a></p>`}
</main>`,
  })
