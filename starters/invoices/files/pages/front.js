import { addDays, today } from "../dates.js"
import { sellerNow } from "../invoices.js"
import { taxRates, totalsOf } from "../money.js"
import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"
import { paperPart } from "./paper.js"

/** What strangers see: how an invoice of this business looks, and the owner's door. */
export const frontPage = (exists) =>
  layout({
    title: "Invoices",
    body: html`
<main class="front">
  <section class="front-words">
    <h1>Invoices of ${settings.business_name}</h1>
    <p class="lead">Customers, lines, tax and numbers in order. See what is open and what is overdue, and print each
      invoice on one clean sheet.</p>
    <p><a class="button" href="/owner/sign-in">${exists ? "Sign in" : "Set up and begin"}</a></p>
    <p class="muted">${
      exists
        ? "Only the owner sees the invoices."
        : "You need the setup code that the app wrote into its log."
    }</p>
  </section>
  <div class="front-paper">${paperPart(specimen())}</div>
</main>`,
  })

function specimen() {
  const [usual = 0, other = usual] = taxRates
  const items = [
    ["Design of a poster, A2", 1000, 48_000, usual],
    ["Corrections, hours", 2500, 9_500, usual],
    ["Printed copies", 120_000, 185, other],
  ].map(([description, quantity_milli, unit_cents, tax_rate]) => ({
    description,
    quantity_milli,
    unit_cents,
    tax_rate,
  }))
  return {
    number: `${settings.prefix}${today().slice(0, 4)}-0001`,
    issued_on: today(),
    due_on: addDays(today(), settings.payment_days),
    seller: sellerNow(),
    buyer: { name: "Corner Bakery", address: "12 Mill Lane\nOldtown", tax_id: "" },
    items,
    totals: totalsOf(items),
    note: "",
    shown: "specimen",
  }
}
