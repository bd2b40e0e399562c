// html`…` escapes everything put into it, except what html`…` itself made.

class Markup {
  constructor(text) {
    this.text = text
  }
  toString() {
    return this.text
  }
}

export function html(strings, ...values) {
  return new Markup(
    strings.reduce((text, part, index) => text + rendered(values[index - 1]) + part),
  )
}

/** `attribute("selected", isChosen)`: the bare attribute, or nothing. */
export function attribute(name, present) {
  return present ? new Markup(` ${name}`) : ""
}

function rendered(value) {
  if (value instanceof Markup) return value.text
  if (Array.isArray(value)) return value.map(rendered).join("")
  if (value === null || value === undefined || value === false) return ""
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
