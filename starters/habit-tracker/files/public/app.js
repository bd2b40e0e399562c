// Marks change at once and without loading the page; when the app cannot be reached they go back.

for (const form of document.querySelectorAll("[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault()
  })
}

for (const form of document.querySelectorAll("[data-mark]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    turnOver(form)
  })
}

const scroll = document.querySelector(".scroll")
scroll?.querySelector("th.now")?.scrollIntoView({ inline: "center", block: "nearest" })

async function turnOver(form) {
  const button = form.querySelector("button")
  const body = new URLSearchParams(new FormData(form))
  const done = body.get("done") === "1"
  set(form, done)
  try {
    const headers = { accept: "application/json" }
    const answer = await fetch(form.action, { method: "POST", headers, body })
    if (!answer.ok) throw new Error((await answer.json()).error)
    const { summary } = await answer.json()
    const line = form.closest("[data-habit]").querySelector("[data-summary]")
    // the server escaped every word of it
    if (line) line.innerHTML = summary
    button.removeAttribute("title")
  } catch {
    set(form, !done)
    button.title = "That did not get through. Try again."
  }
}

function set(form, done) {
  form.querySelector("button").setAttribute("aria-pressed", String(done))
  form.elements.done.value = done ? "0" : "1"
  countToday()
}

function countToday() {
  const words = document.querySelector("[data-done-today]")
  if (!words) return
  const all = document.querySelectorAll("[data-today]")
  const done = document.querySelectorAll('[data-today][aria-pressed="true"]').length
  words.textContent =
    done === all.length ? "Everything is done today." : `${done} of ${all.length} done today`
  document.querySelector("[data-line]").setAttribute("width", `${(done / all.length) * 100}%`)
}
