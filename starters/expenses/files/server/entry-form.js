// From a form to an entry, with every value checked.
import { Refusal } from "./http.js"

/** The people of the settings, and those who are in the entry though they left the group. */
export function readExpense({ settings, money }, form, before) {
  const known = [
    ...settings.people,
    ...(before ? [before.paidBy, ...Object.keys(before.parts)] : []),
  ]
  const title = (form.get("title") ?? "").trim()
  if (title.length < 1 || title.length > 80)
    throw new Refusal(422, "Say in 1 to 80 characters what it was for.")
  const paidBy = form.get("paidBy")
  if (!known.includes(paidBy)) throw new Refusal(422, "Choose who paid.")
  return {
    kind: "expense",
    ...{ title, paidBy, amount: money.read(form.get("amount")) },
    parts: readParts(known, form),
    category: settings.categories.includes(form.get("category")) ? form.get("category") : "",
    day: readDay(form.get("day")),
    form: (form.get("form") ?? "").slice(0, 60),
    version: Number(form.get("version")),
  }
}

function readParts(known, form) {
  const among = new Set(form.getAll("among").filter((person) => known.includes(person)))
  const parts = {}
  for (const person of among) {
    const part = Number(form.get(`part ${person}`) || 1)
    if (!Number.isInteger(part) || part < 0 || part > 99)
      throw new Refusal(422, "Parts are whole numbers from 0 to 99.")
    if (part > 0) parts[person] = part
  }
  if (Object.keys(parts).length === 0) throw new Refusal(422, "Choose between whom it is split.")
  return parts
}

function readDay(given) {
  const date = new Date(`${given}T00:00:00Z`)
  const real = /^\d{4}-\d\d-\d\d$/.test(given ?? "") && !Number.isNaN(date.getTime())
  if (!real || !date.toISOString().startsWith(given)) throw new Refusal(422, "Give a day.")
  return given
}

/** A payment from one to another, such as one that settles what is owed. */
export function readPayment({ money, settings, book }, form) {
  const known = [
    ...settings.people,
    ...book.all().flatMap(({ paidBy, parts }) => [paidBy, ...Object.keys(parts)]),
  ]
  const [from, to] = [form.get("from"), form.get("to")]
  if (!known.includes(from) || !known.includes(to) || from === to)
    throw new Refusal(422, "Say who pays whom.")
  return {
    kind: "payment",
    ...{ title: "", paidBy: from, parts: { [to]: 1 }, amount: money.read(form.get("amount")) },
    ...{ category: "", day: new Date().toISOString().slice(0, 10) },
    form: (form.get("form") ?? "").slice(0, 60),
  }
}
