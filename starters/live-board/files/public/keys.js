// A card is picked up by its handle with Enter or Space, and then goes where the arrow keys say.

export function followKeys(board, moving) {
  let held
  board.addEventListener("keydown", (event) => {
    const handle = event.target.closest(".grip")
    if (!handle) return
    const act = held
      ? carrying(event.key)
      : event.key === "Enter" || event.key === " "
        ? lift
        : null
    if (!act) return
    event.preventDefault()
    act(handle.closest(".card"), event.key)
  })
  board.addEventListener("focusout", ({ target }) => {
    // While a card is put elsewhere, its handle loses the focus for a moment.
    if (held && !held.busy && target.closest(".card") === held.card) leave(held.card)
  })

  const carrying = (key) =>
    ({ Enter: drop, " ": drop, Escape: leave, Tab: leave })[key] ?? (steps[key] && step)

  function lift(card) {
    held = { card, list: card.parentElement, before: card.nextElementSibling }
    card.classList.add("lifted")
    moving.begin()
    moving.say(`Picked up. ${placeOf(card)}`)
  }
  function step(card, key) {
    held.busy = true
    const moved = steps[key](card, board)
    card.querySelector(".grip").focus()
    card.scrollIntoView({ block: "nearest" })
    held.busy = false
    moving.say(moved ? placeOf(card) : "It goes no further there.")
  }
  function drop(card) {
    end(card)
    moving.say(`Dropped. ${placeOf(card)}`)
    moving.drop(card)
  }
  function leave(card) {
    const { list, before } = held
    end(card)
    list.insertBefore(card, before?.isConnected ? before : null)
    card.querySelector(".grip").focus()
    moving.say("Left where it was.")
    moving.end()
  }
  function end(card) {
    held = undefined
    card.classList.remove("lifted")
  }
}

const steps = {
  ArrowUp: (card) => put(card, card.previousElementSibling, "before"),
  ArrowDown: (card) => put(card, card.nextElementSibling, "after"),
  ArrowLeft: (card) => toColumn(card, -1),
  ArrowRight: (card) => toColumn(card, 1),
}

function put(card, other, where) {
  other?.[where](card)
  return Boolean(other)
}

function toColumn(card, by) {
  const columns = [...document.querySelectorAll(".column")]
  const at = columns.indexOf(card.closest(".column"))
  const list = columns[at + by]?.querySelector(".cards")
  if (!list) return false
  const row = [...card.parentElement.children].indexOf(card)
  list.insertBefore(card, list.children[row] ?? null)
  return true
}

function placeOf(card) {
  const all = [...card.parentElement.children]
  const { column } = card.closest(".column").dataset
  return `${column}, place ${all.indexOf(card) + 1} of ${all.length}.`
}
