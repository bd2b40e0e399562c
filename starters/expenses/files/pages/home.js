import { randomUUID } from "node:crypto"
import { attribute, html } from "../server/html.js"
import { balancesOf, paymentsOf } from "../server/shares.js"
import { categoryChart } from "./category-chart.js"
import { expenseForm } from "./expense-form.js"
import { avatar, icons, layout } from "./layout.js"

/** The book: who owes whom, balances, a form, and all entries. */
export function homePage(app, { form, problem, example }) {
  const { settings, book } = app
  const entries = book.all()
  const balances = balancesOf(settings.people, entries)
  return layout(settings, {
    title: settings.groupName,
    body: html`${example && html`<h1 class="unseen">Example of a book</h1><p class="example">This is an example. <a class="link" href="/">Begin your own book</a></p>`}<div class="book"${attribute("inert", example)}>
  <div class="left">${summary(app, { balances, entries })}${balanceList(app, balances)}${categoryChart(app, entries)}</div>
  <div class="right">${expenseForm(app, { form, problem })}${entryList(app, entries)}</div>
</div>`,
  })
}

function summary({ settings, money }, { balances, entries }) {
  const payments = paymentsOf(balances)
  const spent = entries.reduce(
    (sum, { kind, amount }) => sum + (kind === "expense" ? amount : 0),
    0,
  )
  return html`<section class="hero" aria-labelledby="owes">
  <h1 id="owes">${payments.length === 0 ? "All square." : "Who owes whom"}</h1>
  <p class="spent">${entries.length === 0 ? "Add the first expense, and the debts are worked out here." : `${money.write(spent)} spent together so far.`}</p>
  <a class="button main jump" href="#add">Add an expense</a>
  ${
    payments.length > 0 &&
    html`<ul class="debts">${payments.map(
      ({ from, to, amount }) => html`<li>
    <p class="names">${avatar(settings, from)}<b>${from}</b>${icons.arrow}<span class="unseen">owes</span>${avatar(settings, to)}<b>${to}</b></p>
    <form method="post" action="/payments" data-confirm="${from} has paid ${to} ${money.write(amount)}?">
      <strong>${money.write(amount)}</strong>
      <input type="hidden" name="from" value="${from}"><input type="hidden" name="to" value="${to}"><input type="hidden" name="amount" value="${money.plain(amount)}"><input type="hidden" name="form" value="${randomUUID()}">
      <button class="button" aria-label="Mark as paid: ${from} to ${to}">${icons.check}Paid</button>
    </form></li>`,
    )}</ul>`
  }
</section>`
}

function balanceList({ settings, money }, balances) {
  const most = Math.max(1, ...balances.map(({ balance }) => Math.abs(balance)))
  return html`<section class="panel"><h2>Balances</h2><ul class="balances">${balances.map(
    ({ person, paid, share, balance }) => html`<li>
    ${avatar(settings, person)}
    <div class="who"><b>${person}</b><span class="quiet">paid ${money.write(paid)}, carries ${money.write(share)}</span></div>
    <span class="sum ${balance > 0 ? "plus" : balance < 0 ? "minus" : "quiet"}">${balance > 0 && "+"}${money.write(balance)}</span>
    <svg class="scale" aria-hidden="true" width="100%" height="6"><rect class="track" width="100%" height="6" rx="3" /><rect class="${balance < 0 ? "minus" : "plus"}" x="${balance < 0 ? 50 - (50 * -balance) / most : 50}%" width="${(50 * Math.abs(balance)) / most}%" height="6" rx="3" /></svg>
  </li>`,
  )}</ul></section>`
}

function entryList(app, entries) {
  if (entries.length === 0)
    return html`<section class="panel nothing"><h2>Nothing in the book yet</h2><p class="quiet">Dinner, tickets, the rental car: whoever pays writes it down above.</p><p><a class="link" href="/example">See an example</a></p></section>`
  const days = Map.groupBy(entries, ({ day }) => day)
  return html`<section class="panel"><h2>Entries</h2>${[...days].map(
    ([day, ofDay]) =>
      html`<h3><time datetime="${day}">${dayName(day)}</time></h3><ul class="entries">${ofDay.map((entry) => entryRow(app, entry))}</ul>`,
  )}</section>`
}

function entryRow({ settings, money }, { id, kind, title, amount, paidBy, parts, category }) {
  const among = Object.keys(parts)
  const everybody = settings.people.every((person) => among.includes(person))
  const payment = kind === "payment"
  return html`<li>${avatar(settings, paidBy)}<div class="who">
    <a href="/expenses/${id}">${payment ? `${paidBy} paid ${among[0]}` : title}</a>
    <span class="quiet">${payment ? "Payment" : `${paidBy} for ${everybody && among.length > 1 ? "everybody" : among.join(", ")}`}${category && html` · ${category}`}</span></div>
    <span class="sum">${money.write(amount)}</span></li>`
}

const dayName = (day) =>
  new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`))
