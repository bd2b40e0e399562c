import { settings } from "../settings.js"
import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { back } from "./icons.js"
import { layout } from "./layout.js"

export const cardFields = {
  title: { label: "Title", max: 140, required: true },
  note: { label: "Details", max: 2000, lines: 7 },
}

/** A card's own page; without a card, the form for one that could not be added yet. */
export function cardPage({ card, column = card?.column_name, values = card, errors = {} }) {
  const heading = card ? "Edit card" : "New card"
  return layout({
    title: heading,
    body: html`
<main class="sheet">
  <p><a class="back" href="/">${back} ${settings.title}</a></p>
  <h1>${heading}</h1>
  <form class="stack" method="post" action="${card ? `/cards/${card.id}` : "/cards"}">
    ${Object.entries(cardFields).map(([name, field]) => fieldPart(name, field, { values, errors }))}
    <div class="field">
      <label for="column">Column</label>
      <select id="column" name="column">${settings.columns.map(
        (name) => html`<option ${name === column && html`selected`}>${name}</option>`,
      )}</select>
    </div>
    <div class="row">
      <button class="button">${card ? "Save" : "Add card"}</button>
      <a class="button quiet" href="/">Cancel</a>
    </div>
  </form>
  ${
    card &&
    html`<form class="remove" method="post" action="/cards/${card.id}/delete">
      <button class="button danger small">Delete this card</button>
    </form>`
  }
</main>`,
  })
}
