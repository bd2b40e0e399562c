// Puts names into teams by chance. This browser keeps the names.
import { button, element, root, says, settings } from "../page.js"
import { dealt, namesIn, shuffled } from "../rules/lots.js"

const kept = `names of ${settings.title}`
const field = element("textarea", { id: "names", class: "input", rows: 8 })
field.value = localStorage.getItem(kept) ?? settings.names.join("\n")
const count = element("input", {
  id: "count",
  class: "input",
  type: "number",
  min: 2,
  max: 20,
  value: 2,
})
const list = element("div", { class: "teams", role: "status" })

function make() {
  localStorage.setItem(kept, field.value)
  const teams = Math.min(20, Math.max(2, Number(count.value) || 2))
  const parts = dealt(shuffled(namesIn(field.value), Math.random), teams)
  list.replaceChildren(
    ...parts.map((names, at) =>
      element("p", {}, element("strong", {}, `${says.team} ${at + 1}: `), names.join(", ")),
    ),
  )
}
const labeled = (id, label, input) =>
  element("div", { class: "field" }, element("label", { for: id }, label), input)
root.append(labeled("names", says.names, field), labeled("count", says.teams, count))
root.append(button(says.draw, make), list)
