import { dayText } from "../dates.js"
import { lineCents, money, rateText, typed } from "../money.js"
import { html } from "../web/html.js"

const stamps = {
  draft: "Draft",
  overdue: "Overdue",
  paid: "Paid",
  void: "Void",
  specimen: "Specimen",
}

/**
 * The invoice as a sheet of paper, light in every scheme, as it is printed.
 * @param heading level of its heading on the page
 */
export function paperPart(invoice) {
  const { seller, buyer, items, totals, note, shown } = invoice
  return html`
<article class="paper" aria-label="Invoice ${invoice.number ?? "without number"}">
  <header class="paper-head">
    <p class="paper-from"><strong>${seller.name}</strong>${seller.address}</p>
    ${stamps[shown] && html`<p class="stamp ${shown}">${stamps[shown]}</p>`}
  </header>
  <div class="paper-parties">
    <div><p class="paper-label">Invoice to</p>
      <p class="paper-lines"><strong>${buyer.name}</strong>\n${buyer.address}${
        buyer.tax_id && html`\nTax ID ${buyer.tax_id}`
      }</p></div>
    <dl class="paper-facts">
      <div><dt>Number</dt><dd>${invoice.number ?? "given when issued"}</dd></div>
      <div><dt>Date</dt><dd>${dayText(invoice.issued_on)}</dd></div>
      <div><dt>Due</dt><dd>${dayText(invoice.due_on)}</dd></div>
      ${invoice.paid_on && html`<div><dt>Paid</dt><dd>${dayText(invoice.paid_on)}</dd></div>`}
    </dl>
  </div>
  <p class="paper-title">Invoice</p>
  <table class="paper-table">
    <thead><tr><th scope="col">Description</th><th scope="col">Quantity</th><th scope="col">Price</th>
      <th scope="col">${seller.tax_name}</th><th scope="col">Amount</th></tr></thead>
    <tbody>${items.map((item) => linePart(item, seller.currency))}</tbody>
  </table>
  <dl class="paper-totals">
    <div><dt>Net</dt><dd>${money(totals.net, seller.currency)}</dd></div>
    ${totals.taxes.map(
      ({ rate, tax }) =>
        html`<div><dt>${seller.tax_name} ${rateText(rate)}</dt><dd>${money(tax, seller.currency)}</dd></div>`,
    )}
    <div class="paper-gross"><dt>Total</dt><dd>${money(totals.gross, seller.currency)}</dd></div>
  </dl>
  ${note && html`<p class="paper-note">${note}</p>`}
  <footer class="paper-foot">
    ${seller.payment && html`<p>${seller.payment}</p>`}
    ${seller.tax_id && html`<p>Tax ID ${seller.tax_id}</p>`}
  </footer>
</article>`
}

const linePart = (item, currency) => html`<tr>
  <td>${item.description}</td>
  <td>${typed(item.quantity_milli, 3)}</td>
  <td>${money(item.unit_cents, currency)}</td>
  <td>${rateText(item.tax_rate)}</td>
  <td>${money(lineCents(item), currency)}</td>
</tr>`
