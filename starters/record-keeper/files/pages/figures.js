// What the numbers of the records that are found come to, below a table or cards.
import { viewsOf } from "../server/spec.js"
import { isYear, numberText } from "./format.js"
import { html } from "./html.js"
import { wordsFor } from "./words.js"

export function figuresOf(app, { entity, query }) {
  const seen = { ...query, view: query.view ?? viewsOf(entity)[0] }
  const figures = app.store.figures(entity, seen, entity.fields.filter(isCounted))
  if (figures.length === 0) return ""
  return html`<section class="sums" lang="${app.language}" aria-label="${wordsFor(app).figures}">${figures.map((each) => figure(app, entity, each))}</section>`
}

function figure(app, entity, { field, total, average, lowest, highest }) {
  const says = wordsFor(app)
  const part = (name, value) =>
    html`<div><dt>${name}</dt><dd>${numberText(field, Math.round(value * 100) / 100, { app, entity })}</dd></div>`
  return html`<dl><div><dt class="of">${field.label}</dt></div>
${field.type === "rating" ? "" : part(says.total, total)}
${part(says.average, average)}
${part(says.lowest, lowest)}
${part(says.highest, highest)}</dl>`
}

/** Years and days left come to nothing. */
const isCounted = (field) =>
  ["whole_number", "decimal", "money", "rating"].includes(field.type)
    ? !isYear(field)
    : field.type === "computed" && field.formula.kind !== "days_until"
