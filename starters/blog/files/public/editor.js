// Shows beside the text how it will look, and warns before what was typed is left behind.
const editor = document.querySelector("[data-editor]")
const form = editor.querySelector("form")
const look = editor.querySelector("[data-look]")
const prose = editor.querySelector("[data-prose]")
let timer
let asked = 0
let changed = false

async function show() {
  const turn = ++asked
  const body = new URLSearchParams({ body: form.elements.body.value })
  const answer = await fetch("/desk/preview", { method: "POST", body }).catch(() => undefined)
  if (!answer?.ok || turn !== asked) return
  const text = await answer.text()
  if (turn !== asked) return
  prose.innerHTML = text
  look.hidden = text.trim() === ""
}

form.addEventListener("input", () => {
  changed = true
  clearTimeout(timer)
  timer = setTimeout(show, 300)
})
form.addEventListener("submit", () => {
  changed = false
})
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault()
})
show()
