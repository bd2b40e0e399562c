// Copies short links. Where the browser forbids it, the link is shown to be copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent
  button.hidden = false
  button.addEventListener("click", async () => {
    const link = new URL(button.dataset.copy, location.href).href
    try {
      await navigator.clipboard.writeText(link)
      button.textContent = "Copied"
      setTimeout(() => {
        button.textContent = label
      }, 1500)
    } catch {
      const shown = document.getElementById("short")
      if (shown) shown.select()
      else prompt("Copy this link:", link)
    }
  })
}
