import { dayText, today } from "../dates.js"
import { money } from "../money.js"
import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"

const filters = {
  all: "All",
  draft: "Drafts",
  open: "Open",
  overdue: "Overdue",
  paid: "Paid",
  void: "Void",
}
const words = { draft: "Draft", open: "Open", overdue: "Overdue", paid: "Paid", void: "Void" }

/** A state with its color, in a word. */
export const stateMark = (shown) => html`<span class="state ${shown}">${words[shown]}</span>`

export function listPage({ invoices, wanted }) {
  const filter = filters[wanted] ? wanted : "all"
  const list = filter === "all" ? invoices : invoices.filter(({ shown }) => shown === filter)
  return layout({
    title: "Invoices",
    owner: true,
    at: "/",
    body: html`
<main class="page">
  <div class="row apart"><h1>Invoices</h1><a class="button" href="/invoices/new">New invoice</a></div>
  ${invoices.length === 0 ? emptyPart : [sumsPart(invoices), filtersPart(filter, invoices), tablePart(list)]}
</main>`,
  })
}

const emptyPart = html`<section class="blank">
  <h2>No invoices yet</h2>
  <p class="muted">Add a customer, write the lines, and issue the invoice: then it gets its number.</p>
  <p><a class="button" href="/invoices/new">Write the first invoice</a></p></section>`

/** Sums of invoices in today's currency; older ones in others are counted beside them. */
function sumsPart(invoices) {
  const own = invoices.filter(({ seller }) => seller.currency === settings.currency)
  const sum = (test) =>
    money(own.filter(test).reduce((total, { totals }) => total + totals.gross, 0))
  const year = today().slice(0, 4)
  const sums = [
    ["Outstanding", sum(({ shown }) => shown === "open" || shown === "overdue"), "open"],
    ["Overdue", sum(({ shown }) => shown === "overdue"), "overdue"],
    [`Paid in ${year}`, sum(({ paid_on }) => paid_on?.startsWith(year)), "paid"],
  ]
  const others = invoices.length - own.length
  return html`<dl class="sums">${sums.map(
    ([name, value, tone]) => html`<div class="sum ${tone}"><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>
  ${others > 0 && html`<p class="muted">${others} in other currencies are not counted here.</p>`}`
}

const filtersPart = (filter, invoices) => html`<nav class="filters" aria-label="Filter">
  ${Object.entries(filters).map(([name, label]) => {
    const many = invoices.filter(({ shown }) => name === "all" || shown === name).length
    return (
      (many > 0 || name === filter) &&
      html`<a href="${name === "all" ? "/" : `/?show=${name}`}" ${name === filter && html`aria-current="true"`}>${label}
        <span class="many">${many}</span></a>`
    )
  })}<a class="export" href="/invoices.csv">Export CSV</a></nav>`

const tablePart = (list) => html`<table class="list">
  <thead><tr><th scope="col">Number</th><th scope="col">Customer</th><th scope="col">Date</th><th scope="col">Due</th>
    <th scope="col">State</th><th scope="col" class="amount">Total</th></tr></thead>
  <tbody>${list.map(
    (invoice) => html`<tr>
      <td class="list-number"><a href="/invoices/${invoice.id}">${invoice.number ?? "Draft"}</a></td>
      <td class="list-name"><a href="/invoices/${invoice.id}">${invoice.buyer.name}</a></td>
      <td class="list-date">${dayText(invoice.issued_on)}</td>
      <td class="list-due">${dayText(invoice.due_on)}</td>
      <td class="list-state">${stateMark(invoice.shown)}</td>
      <td class="amount">${money(invoice.totals.gross, invoice.seller.currency)}</td></tr>`,
  )}</tbody></table>
  ${list.length === 0 && html`<p class="muted">None of them.</p>`}`
