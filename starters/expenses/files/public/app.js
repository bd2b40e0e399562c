// What each carries is shown while a form is filled in; questions before something is changed for good.

for (const form of document.querySelectorAll("[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault()
  })
}

const form = document.querySelector("[data-expense]")
if (form) {
  const { digits, currency } = form.dataset
  const money = new Intl.NumberFormat("en", { style: "currency", currency })
  const show = () => {
    form.querySelector("[data-each]").textContent = eachCarries()
  }
  form.addEventListener("input", show)
  show()

  function eachCarries() {
    const amount = Number(form.elements.amount.value.replace(",", "."))
    const among = new FormData(form).getAll("among")
    const parts = among.map((person) => Number(form.elements[`part ${person}`].value))
    const total = parts.reduce((sum, part) => sum + part, 0)
    if (!(amount > 0) || total === 0) return ""
    if (parts.every((part) => part === parts[0])) {
      const unit = 10 ** digits
      const even = Math.round(amount * unit) % among.length === 0
      return `${even ? "" : "about "}${money.format(amount / among.length)} each`
    }
    return among
      .map((person, at) => `${person} ${money.format((amount * parts[at]) / total)}`)
      .join(", ")
  }
}
