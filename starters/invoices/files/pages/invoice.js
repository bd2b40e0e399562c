import { today } from "../dates.js"
import { money } from "../money.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"
import { stateMark } from "./list.js"
import { paperPart } from "./paper.js"

export const invoicePage = (invoice) =>
  layout({
    title: invoice.number ?? "Draft",
    owner: true,
    at: "/",
    script: "/print.js",
    body: html`
<main class="page view">
  <div class="view-side">
    <p><a href="/">All invoices</a></p>
    <h1>${invoice.number ?? "Draft"}</h1>
    <p class="row">${stateMark(invoice.shown)}
      <strong>${money(invoice.totals.gross, invoice.seller.currency)}</strong></p>
    <div class="actions">${actions[invoice.state](invoice)}
      <button class="button quiet" type="button" data-print hidden>Print or save as PDF</button>
    </div>
    ${invoice.buyer.email && html`<p class="muted">Send it to <a href="mailto:${invoice.buyer.email}">${invoice.buyer.email}</a></p>`}
  </div>
  ${paperPart(invoice)}
</main>`,
  })

const press = (id, act, label, kind = "quiet") => html`
  <form method="post" action="/invoices/${id}/${act}"><button class="button ${kind}">${label}</button></form>`

const actions = {
  draft: ({ id, items }) => html`
    ${items.length > 0 && press(id, "issue", "Issue it", "")}
    <a class="button quiet" href="/invoices/${id}/edit">Edit</a>
    ${press(id, "delete", "Delete draft", "danger")}
    <p class="help">Issuing gives it the next number. After that it can no longer be changed.</p>`,
  issued: ({ id }) => html`
    <form class="pay" method="post" action="/invoices/${id}/pay">
      <label for="paid_on">Paid on</label>
      <input class="input" id="paid_on" name="paid_on" type="date" value="${today()}" required>
      <button class="button">Mark as paid</button>
    </form>
    ${press(id, "copy", "Copy as new draft")}
    ${press(id, "void", "Take it back", "danger")}`,
  paid: ({ id }) =>
    html`${press(id, "unpay", "Mark as not paid")}${press(id, "copy", "Copy as new draft")}`,
  void: ({ id }) => html`${press(id, "copy", "Copy as new draft", "")}
    <p class="help">It was taken back. Its number stays taken, so that no number is missing.</p>`,
}
