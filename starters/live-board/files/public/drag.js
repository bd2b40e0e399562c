// Cards follow the mouse from anywhere on them, and a finger from their handle.

/** how far a pointer goes before a press becomes a drag, in `px` */
const slack = 6
/** from which distance to an edge of the window it scrolls, in `px` */
const edge = 60

export function followPointer(board, moving) {
  let press
  let click
  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".card")
    const byHandle = event.target.closest(".grip")
    const allowed = byHandle || (event.pointerType === "mouse" && !event.target.closest(".vote"))
    if (!card || !allowed || event.button !== 0 || press) return
    if (byHandle) event.preventDefault()
    press = { card, x: event.clientX, y: event.clientY, id: event.pointerId }
  })
  addEventListener("pointermove", (event) => {
    if (event.pointerId !== press?.id) return
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > slack
    if (!press.copy && far) pickUp(press, moving)
    if (press.copy) carry(press, event, board)
  })
  const letGo = (dropped) => (event) => {
    if (event.type === "keydown" ? event.key !== "Escape" : event.pointerId !== press?.id) return
    if (!press) return
    const { copy, card, home } = press
    press = undefined
    if (!copy) return
    click = card
    putDown(card, copy)
    if (dropped) moving.drop(card)
    else {
      home.list.insertBefore(card, home.before)
      moving.end()
    }
  }
  addEventListener("pointerup", letGo(true))
  addEventListener("pointercancel", letGo(false))
  addEventListener("keydown", letGo(false))
  // The click that ends a drag must not open the card.
  addEventListener(
    "click",
    (event) => {
      if (click?.contains(event.target)) event.preventDefault()
      click = undefined
    },
    true,
  )
}

function pickUp(press, moving) {
  const { card } = press
  const place = card.getBoundingClientRect()
  press.home = { list: card.parentElement, before: card.nextElementSibling }
  press.copy = card.cloneNode(true)
  press.copy.removeAttribute("id")
  press.copy.classList.add("carried")
  press.copy.setAttribute("aria-hidden", "true")
  press.copy.style.width = `${place.width}px`
  press.offset = { x: press.x - place.left, y: press.y - place.top }
  document.body.append(press.copy)
  document.documentElement.classList.add("dragging")
  card.classList.add("ghost")
  getSelection()?.removeAllRanges()
  moving.begin()
}

function carry({ card, copy, offset }, { clientX, clientY }, board) {
  copy.style.translate = `${clientX - offset.x}px ${clientY - offset.y}px`
  if (clientY < edge) scrollBy(0, -12)
  if (clientY > innerHeight - edge) scrollBy(0, 12)
  const column = [...board.querySelectorAll(".column")].find((at) => {
    const { left, right, top, bottom } = at.getBoundingClientRect()
    return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
  })
  if (!column) return
  const list = column.querySelector(".cards")
  const others = [...list.children].filter((at) => at !== card)
  const before = others.find((at) => {
    const { top, height } = at.getBoundingClientRect()
    return clientY < top + height / 2
  })
  if (card.parentElement !== list || card.nextElementSibling !== (before ?? null))
    list.insertBefore(card, before ?? null)
}

function putDown(card, copy) {
  copy.remove()
  card.classList.remove("ghost")
  document.documentElement.classList.remove("dragging")
}
