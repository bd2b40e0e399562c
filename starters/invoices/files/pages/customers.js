import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"

export const customerFields = {
  name: { label: "Name", max: 120, required: true },
  address: { label: "Address", max: 300, lines: 4, required: true },
  email: { label: "Email", max: 200, email: true },
  tax_id: { label: "Tax ID", max: 60 },
}

export const customersPage = (customers) =>
  layout({
    title: "Customers",
    owner: true,
    at: "/customers",
    body: html`
<main class="page">
  <div class="row apart"><h1>Customers</h1><a class="button" href="/customers/new">New customer</a></div>
  ${
    customers.length === 0
      ? html`<section class="blank"><h2>No customers yet</h2>
        <p class="muted">An invoice needs somebody whom it is for.</p>
        <p><a class="button" href="/customers/new">Add the first customer</a></p></section>`
      : html`<ul class="cards">${customers.map(
          (
            customer,
          ) => html`<li class="card"><h2><a href="/customers/${customer.id}">${customer.name}</a></h2>
            <p class="paper-lines muted">${customer.address}</p>
            <p class="row apart"><span class="muted">${customer.invoices} ${customer.invoices === 1 ? "invoice" : "invoices"}</span>
              <a href="/invoices/new?customer=${customer.id}">New invoice</a></p></li>`,
        )}</ul>`
  }
</main>`,
  })

/** @param says why it could not be removed */
export const customerPage = ({ id, values, errors, first, says }) =>
  layout({
    title: id ? "Customer" : "New customer",
    owner: true,
    at: "/customers",
    body: html`
<main class="page narrow">
  <p><a href="/customers">All customers</a></p>
  <h1>${id ? values.name : "New customer"}</h1>
  ${first && html`<p class="muted">An invoice needs a customer, so this comes first.</p>`}
  ${says && html`<p class="error" role="alert">${says}</p>`}
  <form class="stack" method="post" action="${id ? `/customers/${id}` : `/customers${first ? "?then=invoice" : ""}`}">
    ${Object.entries(customerFields).map(([name, field]) => fieldPart(name, field, { values, errors }))}
    <div><button class="button">${id ? "Save" : "Add customer"}</button></div>
  </form>
  ${
    id &&
    html`<p class="help">Invoices that were issued keep the address they were issued with.</p>
    <form method="post" action="/customers/${id}/delete"><button class="button danger small">Delete this customer</button></form>`
  }
</main>`,
  })
