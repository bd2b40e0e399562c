import { html } from "../web/html.js"
import { layout } from "./layout.js"
import { says } from "./words.js"

/** One card, its back only once it was turned over. */
export function practisePage({ card, isTurned, total, learnt }) {
  return layout({
    title: says.practise,
    body: html`
<main class="page">
  <div class="head"><h1>${says.practise}</h1><p class="muted">${says.learnt(learnt, total)}</p></div>
  ${card ? cardPart(card, isTurned) : html`<p>${says.none}</p>`}
  <p class="muted">${says.rule}</p>
  <p><a href="/">${says.cards}</a></p>
</main>`,
  })
}

const cardPart = (card, isTurned) =>
  isTurned
    ? html`<section class="card" aria-live="polite">
  <p class="side">${says.question}</p><p class="small-side">${card.front}</p>
  <p class="side">${says.answer}</p><p class="big">${card.back}</p></section>
<div class="answers">${press(card, "knew", "")}${press(card, "again", "quiet")}</div>`
    : html`<a class="card" href="/practise?card=${card.id}&amp;turned=1">
  <span class="side">${says.question}</span> <span class="big">${card.front}</span> <span class="turn">${says.turn}</span></a>`

const press = ({ id }, what, look) =>
  html`<form method="post" action="/cards/${id}/${what}"><button class="button ${look}">${says[what]}</button></form>`
