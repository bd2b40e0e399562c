// Comfort on top of pages that work without it: forms that send themselves, and files that are dropped.

for (const form of document.querySelectorAll("[data-auto]")) {
  form.addEventListener("change", () => form.requestSubmit())
}

for (const form of document.querySelectorAll("[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault()
  })
}

const drop = document.querySelector("[data-drop]")
if (drop) {
  const input = drop.querySelector("input[type=file]")
  const chosen = drop.querySelector("[data-chosen]")
  const show = () => {
    chosen.textContent = input.files[0]?.name ?? ""
  }
  const mark = (over) => (event) => {
    event.preventDefault()
    drop.classList.toggle("over", over)
  }
  input.addEventListener("change", show)
  drop.addEventListener("dragover", mark(true))
  drop.addEventListener("dragleave", mark(false))
  drop.addEventListener("drop", (event) => {
    mark(false)(event)
    if (event.dataTransfer.files.length === 0) return
    input.files = event.dataTransfer.files
    show()
    drop.requestSubmit()
  })
}
