// Adds lines to an invoice's form, and shows the net sum while it is typed.
const lines = document.querySelector("[data-lines]")
const rows = lines.querySelector("[data-rows]")
const add = lines.querySelector("[data-add]")
const total = lines.querySelector("[data-total]")
const money = new Intl.NumberFormat("en-GB", {
  style: "currency",
  currency: lines.dataset.currency,
})

add.hidden = false
add.addEventListener("click", () => {
  const row = rows.lastElementChild.cloneNode(true)
  for (const input of row.querySelectorAll("input")) input.value = ""
  row.setAttribute("aria-label", `Line ${rows.children.length + 1}`)
  rows.append(row)
  row.querySelector("input").focus()
})

const number = (text) => Number(text.trim().replace(",", "."))
function sum() {
  const parts = [...rows.children].map((row) => {
    const at = (name) => row.querySelector(`[name=${name}]`).value
    return Math.round(number(at("quantity") || "1") * number(at("price")) * 100) / 100
  })
  const net = parts.reduce((one, other) => one + other, 0)
  total.textContent = Number.isFinite(net) ? `Net ${money.format(net)}` : ""
}
lines.addEventListener("input", sum)
sum()
