// Pairs of animals, face down.
import { button, element, root, says } from "../page.js"
import { shuffled } from "../rules/lots.js"

const animals = ["🐶", "🐱", "🐰", "🦊", "🐻", "🐮", "🐸", "🦁"]
const lookMs = 900
const state = element("p", { class: "state", role: "status" })
const grid = element("div", { class: "board wide-4", role: "group", "aria-label": says.card })
let [open, found, tries, waits] = [[], 0, 0, undefined]

function tell() {
  const isOver = found === animals.length
  state.textContent = `${isOver ? `${says.right(tries)} ` : ""}${says.pairs(found)} · ${says.tries(tries)}`
}

function cover() {
  clearTimeout(waits)
  waits = undefined
  for (const card of open) show(card, false)
  open = []
}

function show({ cell, sign, place }, isShown) {
  cell.textContent = isShown ? sign : ""
  cell.classList.toggle("two", isShown)
  cell.setAttribute("aria-label", `${says.card} ${place + 1} ${isShown ? sign : ""}`)
}

function turn(card) {
  if (waits) cover()
  if (card.isFound || open.includes(card)) return
  show(card, true)
  open.push(card)
  if (open.length < 2) return
  tries++
  if (open[0].sign === open[1].sign) {
    for (const each of open) each.isFound = true
    found++
    open = []
  } else waits = setTimeout(cover, lookMs)
  tell()
}

function begin() {
  ;[open, found, tries] = [[], 0, 0]
  const cards = shuffled([...animals, ...animals], Math.random).map((sign, place) => {
    const card = { sign, place, isFound: false }
    card.cell = element("button", {
      type: "button",
      class: "cell",
      on: { click: () => turn(card) },
    })
    show(card, false)
    return card
  })
  grid.replaceChildren(...cards.map(({ cell }) => cell))
  tell()
}
root.append(state, grid, button(says.again, begin, "quiet"))
begin()
