// Markup that cannot be broken by what people write: every value is escaped unless it is markup.

class Markup {
  constructor(text) {
    this.text = text
  }
  toString() {
    return this.text
  }
}

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
const escapeText = (text) => String(text).replace(/[&<>"']/g, (sign) => escapes[sign])

/** Tag of template strings. Lists are joined; `false`, `null` and `undefined` leave nothing. */
export function html(parts, ...values) {
  return new Markup(String.raw({ raw: parts }, ...values.map(show)))
}

/** Says that a text is markup already. Never for what came from outside. */
export const trusted = (text) => new Markup(text)

function show(value) {
  if (value === undefined || value === null || value === false) return ""
  if (Array.isArray(value)) return value.map(show).join("")
  return value instanceof Markup ? value.text : escapeText(value)
}
