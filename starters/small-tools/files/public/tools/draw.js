// Draws one name after the other; who was drawn is out until a new game begins. This browser keeps the names.
import { button, element, root, says, settings } from "../page.js"
import { namesIn, upTo } from "../rules/lots.js"

const kept = `names of ${settings.title}`
const field = element("textarea", { id: "names", class: "input", rows: 8 })
field.value = localStorage.getItem(kept) ?? settings.names.join("\n")
const state = element("p", { class: "state big", role: "status" })
const left = element("p", { class: "muted" })
const gone = element("p", { class: "muted" })
let drawn = []

const others = () => namesIn(field.value).filter((each) => !drawn.includes(each))

const told = (what, names) => (names.length > 0 ? `${what}: ${names.join(", ")}` : "")

function show() {
  localStorage.setItem(kept, field.value)
  left.textContent = told(says.left, others())
  gone.textContent = told(says.gone, drawn)
}

function draw() {
  const names = others()
  if (names.length === 0) state.textContent = says.none
  else {
    const name = names[upTo(names.length, Math.random) - 1]
    drawn.push(name)
    state.textContent = says.chosen(name)
  }
  show()
}

function begin() {
  drawn = []
  state.textContent = ""
  show()
}
field.addEventListener("input", show)
const label = element("label", { for: "names" }, says.names)
const press = element("button", { class: "button" }, says.draw)
const form = element("form", { class: "field" }, label, field, press)
form.addEventListener("submit", (event) => {
  event.preventDefault()
  draw()
})
root.append(form, state, left, gone, button(says.reset, begin, "quiet"))
show()
