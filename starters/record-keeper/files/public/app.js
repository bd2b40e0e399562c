// Makes the list quicker to use. Without it everything still works, one page at a time.

document.addEventListener("submit", (event) => {
  const form = event.target
  if ("move" in form.dataset) {
    event.preventDefault()
    moveCard(form.closest("li"), form.elements.value.value)
  } else if (form.dataset.toggle) {
    event.preventDefault()
    setMark(form)
  } else if ("live" in form.dataset) {
    event.preventDefault()
    refresh(form)
  }
})

document.addEventListener("change", (event) => {
  const form = event.target.form
  if (form && "move" in form.dataset) form.requestSubmit()
})

let dragged
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".board li[data-id]")
  if (dragged) event.dataTransfer.effectAllowed = "move"
})
document.addEventListener("dragover", (event) => {
  const column = dragged && event.target.closest(".board section[data-value]")
  for (const each of document.querySelectorAll(".board .over")) each.classList.remove("over")
  if (!column) return
  event.preventDefault()
  column.classList.add("over")
})
document.addEventListener("drop", (event) => {
  const column = dragged && event.target.closest(".board section[data-value]")
  if (!column) return
  event.preventDefault()
  moveCard(dragged, column.dataset.value)
})
document.addEventListener("dragend", () => {
  dragged = undefined
  for (const each of document.querySelectorAll(".board .over")) each.classList.remove("over")
})

/** Saves a card's new column, then shows the board as it is now, with the focus where it was. */
async function moveCard(card, value) {
  const board = card.closest(".board")
  const select = card.querySelector("select")
  const answer = await fetch(`${board.dataset.api}/${card.dataset.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ [board.dataset.board]: value || null }),
  }).catch(() => undefined)
  if (!answer?.ok) return select.form.submit()
  const hadFocus = document.activeElement === select
  await show(location.pathname + location.search)
  if (hadFocus) document.querySelector(`.board li[data-id="${card.dataset.id}"] select`)?.focus()
}

let waiting
document.addEventListener("input", (event) => {
  const form = event.target.form
  if (!form || !("live" in form.dataset)) return
  clearTimeout(waiting)
  waiting = setTimeout(() => refresh(form), event.target.type === "search" ? 200 : 0)
})

/** Sets or clears a flag; the button shows the new state only after it has been saved. */
async function setMark(form) {
  const button = form.querySelector("button")
  const next = button.getAttribute("aria-pressed") !== "true"
  button.disabled = true
  try {
    const answer = await fetch(form.dataset.api, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ [form.dataset.toggle]: next }),
    })
    if (!answer.ok) throw new Error(`answered ${answer.status}`)
    button.setAttribute("aria-pressed", String(next))
  } catch {
    form.submit()
  } finally {
    button.disabled = false
  }
}

/** Fetches the same page with other filters and puts its rows in place of ours. */
async function refresh(form) {
  const params = new URLSearchParams(new FormData(form))
  for (const [name, value] of [...params]) if (value === "" && name !== "_sort") params.delete(name)
  const address = `${form.getAttribute("action")}?${params}`
  if (!(await show(address))) return form.submit()
  history.replaceState(null, "", address)
}

/** Puts what another address shows in place of ours; false when it does not answer. */
async function show(address) {
  const answer = await fetch(address).catch(() => undefined)
  if (!answer?.ok) return false
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  for (const id of ["records", "count"]) {
    document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes)
  }
  return true
}
