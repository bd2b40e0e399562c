import { invoiceFields } from "../invoice-form.js"
import { rateText, taxRates } from "../money.js"
import { settings } from "../settings.js"
import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"

const emptyRow = { description: "", quantity: "", price: "", rate: taxRates[0] }

/** @param id of the draft; nothing for a new one */
export function editPage({ id, customers, customer, values, rows, errors }) {
  const title = id ? "Edit draft" : "New invoice"
  const read = { values, errors }
  return layout({
    title,
    owner: true,
    at: "/",
    script: "/lines.js",
    body: html`
<main class="page narrow">
  <p><a href="${id ? `/invoices/${id}` : "/"}">Back</a></p>
  <h1>${title}</h1>
  <form class="stack" method="post" action="${id ? `/invoices/${id}` : "/invoices"}">
    <div class="field">
      <label for="customer">Customer</label>
      <select id="customer" name="customer" required>
        ${customers.map(
          ({ id: one, name }) =>
            html`<option value="${one}" ${one === customer && html`selected`}>${name}</option>`,
        )}
      </select>
      ${errors.customer && html`<p class="error">${errors.customer}</p>`}
    </div>
    <div class="two">
      ${fieldPart("issued_on", invoiceFields.issued_on, read)}
      ${fieldPart("due_on", invoiceFields.due_on, read)}
    </div>
    <fieldset class="lines" data-lines data-currency="${settings.currency}">
      <legend>Lines</legend>
      ${errors.lines && html`<p class="error" role="alert">${errors.lines}</p>`}
      <div class="lines-head" aria-hidden="true"><span>Description</span><span>Quantity</span><span>Price</span><span>${settings.tax_name}</span></div>
      <div data-rows>${[...rows, ...Array.from({ length: Math.max(1, 3 - rows.length) }, () => emptyRow)].map(rowPart)}</div>
      <p class="help">Lines without text and price are left out. A price below 0 is a discount.</p>
      <div class="row apart">
        <button class="button quiet small" type="button" data-add hidden>Add a line</button>
        <p class="lines-total" data-total role="status"></p>
      </div>
    </fieldset>
    ${fieldPart("note", invoiceFields.note, read)}
    <div><button class="button">Save draft</button></div>
  </form>
</main>`,
  })
}

const rowPart = (row, at) => html`<div class="line" role="group" aria-label="Line ${at + 1}">
  <input class="input" name="description" maxlength="300" aria-label="Description" placeholder="What it is for" value="${row.description}">
  <input class="input" name="quantity" maxlength="20" inputmode="decimal" aria-label="Quantity" placeholder="1" value="${row.quantity}">
  <input class="input" name="price" maxlength="20" inputmode="decimal" aria-label="Price of one" placeholder="0.00" value="${row.price}">
  <select class="input" name="rate" aria-label="${settings.tax_name}">${taxRates.map(
    (rate) =>
      html`<option value="${rate}" ${rate === row.rate && html`selected`}>${rateText(rate)}</option>`,
  )}</select>
</div>`
