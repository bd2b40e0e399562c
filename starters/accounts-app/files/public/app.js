// Questions before something is lost; everything works without them.

for (const form of document.querySelectorAll("[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault()
  })
}

const written = document.querySelector("[data-guard]")
if (written) {
  const state = () => new URLSearchParams(new FormData(written)).toString()
  const before = state()
  let saving = false
  written.addEventListener("submit", () => {
    saving = true
  })
  addEventListener("beforeunload", (event) => {
    if (!saving && state() !== before) event.preventDefault()
  })
  written.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) written.requestSubmit()
  })
}
