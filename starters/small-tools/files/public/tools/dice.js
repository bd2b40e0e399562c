// Dice with any number of sides.
import { button, element, root, says, settings } from "../page.js"
import { upTo } from "../rules/lots.js"

const number = (id, label, value, max) => {
  const field = element("input", { id, class: "input", type: "number", min: 1, max, value })
  return {
    field,
    part: element("div", { class: "field" }, element("label", { for: id }, label), field),
  }
}
const dice = number("dice", says.dice, 1, 10)
const sides = number("sides", says.sides, settings.highest === 20 ? 6 : settings.highest, 1000)
const state = element("p", { class: "state big", role: "status" })
const each = element("p", { class: "muted" })

function roll() {
  const count = Math.min(10, Math.max(1, Number(dice.field.value) || 1))
  const highest = Math.max(1, Number(sides.field.value) || 6)
  const rolls = Array.from({ length: count }, () => upTo(highest, Math.random))
  state.textContent = says.rolled(rolls.reduce((sum, one) => sum + one, 0))
  each.textContent = count > 1 ? rolls.join(" + ") : ""
}
root.append(
  element("div", { class: "two-fields" }, dice.part, sides.part),
  button(says.roll, roll),
  state,
  each,
)
