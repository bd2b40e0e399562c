// The input that fits a field's type.
import { attribute, html, raw } from "./html.js"
import { targetsOf } from "./titles.js"

export function control(app, { field, value, wiring }) {
  const make = controls[field.type] ?? controls.text
  return make({ app, field, wiring, value: value ?? "" })
}

const controls = {
  text: ({ wiring, value }) =>
    html`<input type="text" maxlength="200" autocomplete="off"${wiring} value="${value}">`,
  long_text: ({ wiring, value }) => html`<textarea rows="4" maxlength="20000"${wiring}>
${value}</textarea>`,
  whole_number: ({ wiring, value, field }) =>
    html`<input type="number" step="1" inputmode="numeric"${limits(field)}${wiring} value="${value}">`,
  decimal: ({ wiring, value, field }) =>
    html`<input type="number" step="any" inputmode="decimal"${limits(field)}${wiring} value="${value}">`,
  money: ({ wiring, value, field }) =>
    html`<input type="number" step="0.01" inputmode="decimal"${limits(field)}${wiring} value="${value}">`,
  flag: ({ wiring, value }) =>
    html`<input type="checkbox" value="on"${wiring}${attribute("checked", isOn(value))}>`,
  date: ({ wiring, value }) => html`<input type="date"${wiring} value="${value}">`,
  datetime: ({ wiring, value }) => html`<input type="datetime-local"${wiring} value="${value}">`,
  time: ({ wiring, value }) => html`<input type="time"${wiring} value="${value}">`,
  email: ({ wiring, value }) =>
    html`<input type="email" autocomplete="off"${wiring} value="${value}">`,
  url: ({ wiring, value }) =>
    html`<input type="url" placeholder="https://"${wiring} value="${value}">`,
  phone: ({ wiring, value }) =>
    html`<input type="tel" autocomplete="off"${wiring} value="${value}">`,
  color: ({ wiring, value }) =>
    html`<input type="text" placeholder="#3366cc" maxlength="7"${wiring} value="${value}">`,
  choice: ({ wiring, value, field }) =>
    select({ wiring, value, options: field.choices.map((choice) => [choice, choice]) }),
  rating: ({ wiring, value, field }) => select({ wiring, value, options: steps(field) }),
  references: ({ app, field, wiring, value }) =>
    checklist({ field, wiring, value, options: targetsOf(app, field) }),
  reference: ({ app, wiring, value, field }) =>
    select({ wiring, value, options: targetsOf(app, field) }),
}

/** Several of another list: a box for each, by keyboard as by hand, without a script. */
function checklist({ field, wiring, value, options }) {
  const chosen = new Set([value].flat().map(String))
  const box = ([id, title]) =>
    html`<label><input type="checkbox" name="${field.name}" value="${id}"${attribute("checked", chosen.has(String(id)))}> ${title}</label>`
  const none = html`<p class="none">Nothing to choose from yet</p>`
  const group = String(wiring).replace(/ name="[^"]*"| required/g, "")
  return html`<div class="checklist" role="group"${raw(group)} aria-labelledby="field-${field.name}-label">${options.length > 0 ? options.map(box) : none}</div>`
}

const isOn = (value) => value === true || value === "on" || value === "yes"

/** A value that is no longer offered stays choosable in the record that has it. */
function select({ wiring, value, options }) {
  const isOffered = value === "" || options.some(([each]) => String(each) === String(value))
  const all = isOffered ? options : [...options, [value, value]]
  const option = ([each, text]) =>
    html`<option value="${each}"${attribute("selected", String(each) === String(value))}>${text}</option>`
  return html`<select${wiring}><option value="">${all.length > 0 ? "Choose…" : "Nothing to choose from yet"}</option>${all.map(option)}</select>`
}

function steps({ min = 1, max = 5 }) {
  return Array.from({ length: max - min + 1 }, (_, index) => [min + index, String(min + index)])
}

function limits({ min, max }) {
  return html`${min === undefined ? "" : html` min="${min}"`}${max === undefined ? "" : html` max="${max}"`}`
}
