// Makes the board live: forms are sent without leaving the page, and what others change shows up.
import { followPointer } from "./drag.js"
import { followKeys } from "./keys.js"

const board = document.getElementById("board")
const trouble = document.querySelector("[data-trouble]")
const state = { held: false, stale: false, asked: 0 }
document.documentElement.classList.add("js")

/** Sends a change. @returns whether it was made; if not, the person is told why */
async function send(path, fields) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(fields),
    })
    if (answer.ok) return true
    const { error } = await answer.json()
    complain(error)
  } catch {
    complain("The board cannot be reached. Nothing was changed.")
  }
  return false
}

let complaintEnds
function complain(says) {
  trouble.textContent = says
  trouble.hidden = false
  clearTimeout(complaintEnds)
  complaintEnds = setTimeout(() => {
    trouble.hidden = true
  }, 6000)
}

/** Reads the columns anew, unless somebody carries a card: then after it was dropped. */
async function refresh() {
  if (state.held) {
    state.stale = true
    return
  }
  const turn = ++state.asked
  const answer = await fetch("/columns").catch(() => undefined)
  if (!answer?.ok) return
  const text = await answer.text()
  // An answer that was overtaken by a later one shows what is no longer true.
  if (turn !== state.asked) return
  if (state.held) state.stale = true
  else show(text)
}

/** Puts in what came, and keeps what the person types and where they are. */
function show(text) {
  const before = placesOfCards()
  const typed = new Map([...board.querySelectorAll(".add .input")].map((at) => [at.id, at.value]))
  const focused = focusKey(document.activeElement)
  const selection = document.activeElement?.selectionStart
  board.innerHTML = text
  for (const [id, value] of typed) {
    const input = document.getElementById(id)
    if (input) input.value = value
  }
  if (focused) {
    const again = board.querySelector(focused)
    again?.focus({ preventScroll: true })
    if (selection !== undefined && selection !== null)
      again?.setSelectionRange?.(selection, selection)
  }
  glideFrom(before)
}

function focusKey(element) {
  if (!board.contains(element)) return undefined
  const card = element.closest(".card")
  if (card) return `#${card.id} .${element.classList[0]}`
  return element.id ? `#${element.id}` : undefined
}

const placesOfCards = () =>
  new Map([...board.querySelectorAll(".card")].map((at) => [at.id, at.getBoundingClientRect()]))

function glideFrom(before) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return
  for (const card of board.querySelectorAll(".card")) {
    const was = before.get(card.id)
    const is = card.getBoundingClientRect()
    if (!was || (was.left === is.left && was.top === is.top)) continue
    const from = `translate(${was.left - is.left}px, ${was.top - is.top}px)`
    card.animate([{ transform: from }, { transform: "none" }], {
      duration: 160,
      easing: "ease-out",
    })
  }
}

/** What moving a card by hand or by keys has in common. */
const moving = {
  begin() {
    state.held = true
  },
  /** Writes down where the card now is on the page. */
  async drop(card) {
    const column = card.closest(".column").dataset.column
    const before = card.nextElementSibling?.dataset.id ?? ""
    await send(`/cards/${card.dataset.id}/move`, { column, before })
    moving.end()
    await refresh()
  },
  end() {
    state.held = false
    if (!state.stale) return
    state.stale = false
    refresh()
  },
  say(words) {
    document.querySelector("[data-say]").textContent = words
  },
}
followPointer(board, moving)
followKeys(board, moving)

board.addEventListener("submit", async (event) => {
  event.preventDefault()
  const form = event.target
  const fields = new FormData(form)
  const input = form.querySelector(".input")
  if (input) input.value = ""
  const done = await send(form.getAttribute("action"), fields)
  if (!done && input) input.value = fields.get("title")
  await refresh()
})

const mark = document.querySelector("[data-live]")
const stream = new EventSource("/live")
const tell = (lost) => {
  mark.hidden = false
  mark.classList.toggle("lost", lost)
  document.querySelector("[data-live-text]").textContent = lost ? "Reconnecting" : "Live"
}
stream.addEventListener("changed", refresh)
let greeted = false
stream.addEventListener("hello", () => {
  tell(false)
  // After a break, changes may have been missed.
  if (greeted) refresh()
  greeted = true
})
stream.addEventListener("error", () => tell(true))
