// The computer thinks of a number, and says whether it is higher or lower.
import { button, element, root, says, settings } from "../page.js"
import { upTo } from "../rules/lots.js"

const state = element("p", { class: "state", role: "status" })
const count = element("p", { class: "muted" })
const field = element("input", {
  ...{ id: "number", class: "input", type: "number", inputmode: "numeric", required: "" },
  ...{ min: 1, max: settings.highest, autocomplete: "off" },
})
let [secret, tries] = [0, 0]

function guess(event) {
  event.preventDefault()
  const number = Number(field.value)
  tries++
  if (number === secret) state.textContent = says.right(tries)
  else state.textContent = number < secret ? says.higher : says.lower
  count.textContent = says.tries(tries)
  field.select()
}

function begin() {
  ;[secret, tries] = [upTo(settings.highest, Math.random), 0]
  state.textContent = ""
  count.textContent = says.tries(0)
  field.value = ""
}
const label = element("label", { for: "number" }, says.number(settings.highest))
const send = element("button", { class: "button" }, says.guess)
const form = element("form", { class: "field", on: { submit: guess } }, label, field, send)
root.append(form, state, count, button(says.again, begin, "quiet"))
begin()
