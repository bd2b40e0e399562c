import { randomUUID } from "node:crypto"
import { attribute, html } from "../server/html.js"
import { avatar } from "./layout.js"

/** What the fields begin with: what was typed, else the entry, else a new expense of today. */
function valuesOf({ settings, money }, { entry, form }) {
  if (form)
    return {
      ...Object.fromEntries(form),
      among: form.getAll("among"),
      part: (person) => form.get(`part ${person}`) ?? 1,
    }
  if (entry)
    return {
      ...entry,
      amount: money.plain(entry.amount),
      among: Object.keys(entry.parts),
      part: (person) => entry.parts[person] ?? 1,
    }
  const day = new Date().toISOString().slice(0, 10)
  return { day, among: settings.people, part: () => 1, form: randomUUID() }
}

export function expenseForm(app, { entry, form, problem }) {
  const { settings, money } = app
  const values = valuesOf(app, { entry, form })
  const left = entry ? [entry.paidBy, ...Object.keys(entry.parts)] : []
  const people = [...new Set([...settings.people, ...left])]
  return html`<form class="panel expense" id="add" method="post" action="${entry ? `/expenses/${entry.id}` : "/expenses"}" data-expense data-digits="${money.digits}" data-currency="${money.currency}">
  <h2>${entry ? "Change the expense" : "Add an expense"}</h2>
  ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
  <div class="two">
    <div class="wide"><label for="title">What for?</label><input id="title" name="title" required maxlength="80" value="${values.title}" placeholder="Groceries"></div>
    <div><label for="amount">Amount (${money.currency})</label><input id="amount" name="amount" required inputmode="decimal" maxlength="16" autocomplete="off" value="${values.amount}" placeholder="${(0).toFixed(money.digits)}"></div>
    <div><label for="day">Day</label><input id="day" name="day" type="date" required value="${values.day}"></div>
    <div><label for="paidBy">Paid by</label><select id="paidBy" name="paidBy" required>${!values.paidBy && html`<option value="">Choose</option>`}${people.map(
      (person) =>
        html`<option${attribute("selected", person === values.paidBy)}>${person}</option>`,
    )}</select></div>
    ${settings.categories.length > 0 && categoryField(settings, values)}
  </div>
  <fieldset><legend>Split between</legend>
    <div class="among">${people.map(
      (person) =>
        html`<label class="chip"><input type="checkbox" name="among" value="${person}"${attribute("checked", values.among.includes(person))}>${avatar(settings, person)}<span>${person}</span></label>`,
    )}</div>
  </fieldset>
  <p class="each quiet" data-each aria-live="polite"></p>
  <details${attribute(
    "open",
    people.some((person) => Number(values.part(person)) !== 1),
  )}><summary>Not in equal parts</summary>
    <p class="quiet">Somebody with 2 parts carries twice as much as somebody with 1.</p>
    <div class="parts">${people.map(
      (person) =>
        html`<label>${person}<input name="part ${person}" type="number" min="0" max="99" value="${values.part(person)}"></label>`,
    )}</div>
  </details>
  <input type="hidden" name="form" value="${values.form}"><input type="hidden" name="version" value="${entry?.version}">
  <button class="button main">${entry ? "Save" : "Add expense"}</button>
</form>`
}

const categoryField = ({ categories }, values) =>
  html`<div><label for="category">Category</label><select id="category" name="category"><option value="">None</option>${categories.map(
    (category) =>
      html`<option${attribute("selected", category === values.category)}>${category}</option>`,
  )}</select></div>`
