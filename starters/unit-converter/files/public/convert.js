// Converts while people type; without this file the form is sent instead.
import { readSum } from "./sums.js"
import { convert, readQuantities, shown } from "./units.js"

const at = (id) => document.getElementById(id)
const form = at("converter")
const { decimals, ownUnits } = JSON.parse(form.dataset.settings)
const { quantities } = readQuantities(ownUnits)
const { units } = quantities.find(({ id }) => id === form.elements.quantity.value)
const unitOf = (id) => units.find((each) => each.id === at(id).value)

at("swap").hidden = false
at("convert").hidden = true
form.addEventListener("input", show)
at("swap").addEventListener("click", () => {
  const before = at("from").value
  at("from").value = at("to").value
  at("to").value = before
  show()
})
// Enter converts, which has happened already.
form.addEventListener("submit", (event) => {
  if (event.submitter?.formMethod !== "post") event.preventDefault()
})

function show() {
  const value = readSum(at("value").value)
  const wrong = value === undefined
  at("value").setAttribute("aria-invalid", String(wrong))
  at("wrong").textContent = wrong ? "Type a number or a sum, such as 3 * 12 + 4." : ""
  at("result").textContent = wrong
    ? "—"
    : shown(convert(value, unitOf("from"), unitOf("to")), decimals)
  for (const cell of at("others").querySelectorAll("dd")) {
    const unit = units.find(({ id }) => id === cell.dataset.unit)
    cell.textContent = wrong ? "—" : shown(convert(value, unitOf("from"), unit), decimals)
  }
  remember()
}

/** The address has the conversion, so that it can be sent to somebody and survives a reload. */
function remember() {
  const query = new URLSearchParams(
    [...new FormData(form)].filter(([name]) => ["quantity", "value", "from", "to"].includes(name)),
  )
  history.replaceState(null, "", `/?${query}`)
}
