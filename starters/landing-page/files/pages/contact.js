import { hasPlace, openingHours, settings, words } from "../settings.js"
import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"
import { trapPart } from "./sign-up.js"

export const messageFields = {
  name: { label: words.name, max: 80, required: true, autocomplete: "name" },
  email: { label: words.email, max: 200, required: true, email: true, autocomplete: "email" },
  message: { label: words.message, max: 2000, required: true, lines: 5 },
}

const formPart = (given) => html`
  <form class="stack" method="post" action="/contact">
    ${Object.entries(messageFields).map(([name, field]) => fieldPart(name, field, given))}
    ${trapPart}
    <div><button class="button">${words.send}</button></div>
  </form>`

const hoursPart = html`<table class="hours"><caption>${words.openingHours}</caption><tbody>${openingHours.map(
  ({ days, times }) => html`<tr><th scope="row">${days}</th><td>${times}</td></tr>`,
)}</tbody></table>`

const mapOf = (address) =>
  `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`

const placePart = html`<div class="place">
  ${openingHours.length > 0 && hoursPart}
  ${
    settings.address &&
    html`<h3>${words.address}</h3><address>${settings.address}</address>
    <p><a href="${mapOf(settings.address)}" rel="noreferrer">${words.onAMap}</a></p>`
  }</div>`

/** When and where people are welcome, and how they write; nothing of what the settings leave empty. */
export const contactPart =
  (hasPlace || settings.contact_form) &&
  html`<section class="band" id="contact" aria-labelledby="contact-title">
  <h2 id="contact-title">${hasPlace ? words.comeBy : words.writeToUs}</h2>
  <div class="contact">
    ${hasPlace && placePart}
    ${settings.contact_form && html`<div>${hasPlace && html`<h3>${words.writeToUs}</h3>`}${formPart()}</div>`}
  </div></section>`

export const contactPage = (given) =>
  layout({
    title: words.writeToUs,
    body: html`<main id="main" class="sheet"><h1>${words.writeToUs}</h1>${formPart(given)}</main>`,
  })

export const sentPage = () =>
  layout({
    title: words.sent,
    body: html`
<main id="main" class="sheet">
  <h1>${words.sent}</h1>
  <p>${words.weAnswer}</p>
  <p><a class="button quiet" href="/">${words.back}</a></p>
</main>`,
  })
