import { settings } from "../settings.js"
import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"
import { says } from "./words.js"

export const cardFields = {
  front: { label: settings.front || says.front, max: 300, required: true },
  back: { label: settings.back || says.back, max: 600, required: true },
}

/** All cards, and the form that adds one. */
export function listPage({ cards, values, errors }) {
  return layout({
    title: settings.title,
    body: html`
<main class="page">
  <div class="head"><h1>${settings.title}</h1>
    ${cards.length > 0 && html`<a class="button" href="/practise">${says.practise}</a>`}</div>
  <form class="add" method="post" action="/cards">
    ${Object.entries(cardFields).map(([name, field]) => fieldPart(name, field, { values, errors }))}
    <button class="button ${cards.length > 0 && "quiet"}">${says.add}</button>
  </form>
  <section aria-labelledby="cards"><h2 id="cards">${says.cards} <span class="muted">${cards.length}</span></h2>
  ${cards.length === 0 ? html`<p class="muted">${says.none}</p>` : html`<ul class="cards">${cards.map(cardPart)}</ul>`}
  </section>
</main>`,
  })
}

const cardPart = ({ id, front, back, known, asked }) => html`<li>
  <p class="sides"><strong>${front}</strong><span>${back}</span></p>
  <p class="muted">${asked === 0 ? says.fresh : says.known(known, asked)}</p>
  <form method="post" action="/cards/${id}/remove"><button class="button quiet small">${says.remove}<span class="hidden"> ${front}</span></button></form>
</li>`
