// Several photos in one go, dropping them, and keys to leaf through. Without it the form sends one photo.
import { smaller } from "./smaller.js"

for (const form of document.querySelectorAll("[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault()
  })
}

addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey)
    return
  const wanted = { ArrowLeft: "prev", ArrowRight: "next" }[event.key]
  document.querySelector(`a[rel="${wanted}"]`)?.click()
})

const form = document.querySelector("[data-upload]")
if (form) prepare(form)

function prepare(form) {
  const input = form.elements.photo
  const find = (name) => form.querySelector(`[data-${name}]`)
  const show = () => {
    const { length } = input.files
    find("picked").textContent =
      length === 0
        ? "Choose photos"
        : length === 1
          ? input.files[0].name
          : `${length} photos chosen`
  }
  const mark = (over) => (event) => {
    event.preventDefault()
    document.body.classList.toggle("dropping", over)
  }
  input.addEventListener("change", show)
  addEventListener("dragover", mark(true))
  addEventListener("dragleave", mark(false))
  addEventListener("drop", (event) => {
    mark(false)(event)
    if (event.dataTransfer.files.length === 0) return
    input.files = event.dataTransfer.files
    show()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    sendAll(form, find)
  })
}

/** Each photo is sent by itself, so that one that is refused does not take the others with it. */
async function sendAll(form, find) {
  const files = [...form.elements.photo.files]
  const button = find("send")
  button.disabled = true
  const problems = []
  let waits = false
  for (const [at, file] of files.entries()) {
    button.textContent = `Hanging ${at + 1} of ${files.length}…`
    const told = await sendOne(form, file)
    if (told.error) problems.push(`${file.name}: ${told.error}`)
    else waits ||= !told.approved
  }
  button.disabled = false
  button.textContent = "Hang up"
  find("problem").textContent = problems.join(" ")
  if (problems.length === 0) location.href = waits ? "/?sent=waits" : "/"
}

async function sendOne(form, file) {
  const body = new FormData()
  const { caption, by } = form.elements
  body.set("caption", caption.value)
  body.set("by", by.value)
  body.set("photo", await smaller(file, Number(form.dataset.megabytes) * 1024 * 1024), file.name)
  try {
    const headers = { accept: "application/json" }
    const answer = await fetch(form.action, { method: "POST", headers, body })
    return await answer.json()
  } catch {
    return { error: "It did not get through. Try again." }
  }
}
