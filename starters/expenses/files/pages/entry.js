import { html } from "../server/html.js"
import { expenseForm } from "./expense-form.js"
import { layout } from "./layout.js"

/** One entry to change or delete; a payment can only be deleted. */
export function entryPage(app, { entry, form, problem }) {
  const { settings, money } = app
  const payment = entry.kind === "payment"
  return layout(settings, {
    title: payment ? "Payment" : entry.title,
    body: html`<div class="single"><h1>${payment ? "Payment" : entry.title}</h1>
  ${
    payment
      ? html`<p class="panel">${entry.paidBy} paid ${Object.keys(entry.parts)[0]} ${money.write(entry.amount)} on ${entry.day}.</p>`
      : expenseForm(app, { entry, form, problem })
  }
  <form class="end" method="post" action="/expenses/${entry.id}/delete" data-confirm="Delete this entry?"><a class="button" href="/">Cancel</a><button class="button danger">Delete</button></form></div>`,
  })
}
