// Reads what people typed into a form and says at each field what is wrong with it.
import { html } from "./html.js"

const emailPattern = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,}$/

/**
 * Values and mistakes by name; nothing that was typed is lost.
 * @param shape by name `{ label, max, required?, email?, lines?, check? }`; `max` in characters
 */
export function readFields(form, shape) {
  const entries = Object.entries(shape)
  const values = Object.fromEntries(
    entries.map(([name, field]) => [name, cleaned(form.get(name) ?? "", field)]),
  )
  const wrong = entries.flatMap(([name, field]) => {
    const says = mistakeOf(values[name], field)
    return says ? [[name, says]] : []
  })
  return { values, errors: Object.fromEntries(wrong), ok: wrong.length === 0 }
}

function cleaned(text, { lines }) {
  const even = text.replaceAll("\r\n", "\n")
  // Control characters help nobody; line breaks only where lines are asked for.
  return even.replace(lines ? /[^\P{Cc}\n\t]/gu : /\p{Cc}/gu, " ").trim()
}

function mistakeOf(value, { label, max, required, email, check }) {
  if (value === "") return required && `${label} is missing.`
  if (value.length > max) return `${label}: use at most ${max} characters.`
  if (email && !emailPattern.test(value)) return "This is not an email address."
  return check?.(value)
}

/** One field of a form with its label, help and mistake. */
export function fieldPart(name, field, { values = {}, errors = {} } = {}) {
  const described = [field.help && `${name}-help`, errors[name] && `${name}-error`].filter(Boolean)
  const common = html`id="${name}" name="${name}" maxlength="${field.max}"
    ${field.required && html`required`} ${errors[name] && html`aria-invalid="true"`}
    ${described.length > 0 && html`aria-describedby="${described.join(" ")}"`}
    ${field.autocomplete && html`autocomplete="${field.autocomplete}"`}
    ${field.placeholder && html`placeholder="${field.placeholder}"`}`
  const value = values[name] ?? field.value ?? ""
  return html`
    <div class="field">
      <label for="${name}">${field.label}${!field.required && html` <span class="optional">optional</span>`}</label>
      ${
        field.lines
          ? html`<textarea ${common} rows="${field.lines}">\n${value}</textarea>`
          : html`<input ${common} type="${field.type ?? (field.email ? "email" : "text")}" value="${value}">`
      }
      ${field.help && html`<p class="help" id="${name}-help">${field.help}</p>`}
      ${errors[name] && html`<p class="error" id="${name}-error">${errors[name]}</p>`}
    </div>`
}
