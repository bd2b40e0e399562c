import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { grip, plus, ring, up } from "./icons.js"
import { layout } from "./layout.js"

export const boardPage = (columns) =>
  layout({
    title: settings.title,
    script: "/board.js",
    body: html`
<a class="skip" href="#board">Go to the board</a>
<header class="top">
  <h1>${settings.title}</h1>
  <p class="live" data-live hidden><span class="live-dot"></span><span data-live-text>Live</span></p>
</header>
<main id="board" class="board" tabindex="-1">${boardPart(columns)}</main>
<p id="keys" hidden>Press Enter to pick the card up, move it with the arrow keys, press Enter to drop it or Escape to leave it.</p>
<p class="hidden" role="status" data-say></p>
<p class="toast" role="alert" data-trouble hidden></p>`,
  })

/** The columns alone: what an open page reads anew when something changed. */
export const boardPart = (columns) => {
  const empty = columns.every(({ cards }) => cards.length === 0)
  return html`${columns.map((column, at) =>
    columnPart(column, { at, share: at / (columns.length - 1), invites: empty && at === 0 }),
  )}`
}

const columnPart = ({ name, cards }, { at, share, invites }) => html`
<section class="column" aria-labelledby="column-${at}" data-column="${name}">
  <h2 class="column-head" id="column-${at}">
    ${ring(share)}<span class="column-name">${name}</span>
    <span class="count">${cards.length}<span class="hidden"> ${cards.length === 1 ? "card" : "cards"}</span></span>
  </h2>
  ${
    invites &&
    html`<p class="empty"><strong>Nothing here yet.</strong> Write down the first thing to do below,
      and move it along as it gets done.</p>`
  }
  <ul class="cards">${cards.map(cardPart)}</ul>
  <form class="add" method="post" action="/cards">
    <input type="hidden" name="column" value="${name}">
    <label class="hidden" for="add-${at}">New card in ${name}</label>
    <input class="input" id="add-${at}" name="title" maxlength="140" required autocomplete="off" placeholder="Add a card">
    <button class="add-button" aria-label="Add to ${name}">${plus}</button>
  </form>
</section>`

const cardPart = (card) => html`
<li class="card" id="card-${card.id}" data-id="${card.id}">
  <div class="card-text">
    <a class="card-title" href="/cards/${card.id}" draggable="false">${card.title}</a>
    ${card.note && html`<p class="card-note">${card.note}</p>`}
  </div>
  <button class="grip" type="button" aria-describedby="keys" aria-label="Move: ${card.title}">${grip}</button>
  ${settings.votes && votePart(card)}
</li>`

const votePart = (card) => html`
  <form class="vote-form" method="post" action="/cards/${card.id}/vote">
    <button class="vote" aria-pressed="${card.voted ? "true" : "false"}"
      aria-label="Vote for: ${card.title}. ${card.votes} so far">${up}<span>${card.votes}</span></button>
  </form>`
