// Reads the form of an invoice: who, when, and its lines.
import { addDays, isDay, today } from "./dates.js"
import { limits, parse, taxRates, typed } from "./money.js"
import { settings } from "./settings.js"
import { readFields } from "./web/fields.js"

const day = (label) => ({
  label,
  max: 10,
  required: true,
  type: "date",
  check: (value) => !isDay(value) && `${label}: give a day such as 2027-01-31.`,
})
export const invoiceFields = {
  issued_on: day("Date"),
  due_on: day("Due on"),
  note: {
    label: "Note",
    max: 1000,
    lines: 3,
    help: "Printed below the lines, for example when and where the work was done.",
  },
}

/** A new form's values. */
export const freshForm = (customer) => ({
  customer,
  values: { issued_on: today(), due_on: addDays(today(), settings.payment_days), note: "" },
  rows: [],
  errors: {},
})

/** The form's values of a draft. */
export const formOf = (invoice) => ({
  customer: invoice.customer,
  values: invoice,
  errors: {},
  rows: invoice.items.map((item) => ({
    description: item.description,
    quantity: typed(item.quantity_milli, 3),
    price: typed(item.unit_cents, 2, 2),
    rate: item.tax_rate,
  })),
})

/** @returns what was typed, what is wrong, and the draft when nothing is */
export function readInvoice(form, isCustomer) {
  const read = readFields(form, invoiceFields)
  const customer = Number(form.get("customer"))
  const errors = { ...read.errors }
  if (!isCustomer(customer)) errors.customer = "Choose a customer."
  if (!errors.issued_on && !errors.due_on && read.values.due_on < read.values.issued_on)
    errors.due_on = "It cannot be due before its date."
  const rows = rowsOf(form)
  const items = rows.map((row) => itemOf(row))
  if (rows.length > limits.lines) errors.lines = `Use at most ${limits.lines} lines.`
  const at = items.findIndex(({ says }) => says)
  if (at >= 0) errors.lines = `Line ${at + 1}: ${items[at].says}`
  const ok = Object.keys(errors).length === 0
  return {
    customer,
    values: read.values,
    rows,
    errors,
    draft: ok && { ...read.values, customer, items },
  }
}

/** The lines in which something was typed. */
function rowsOf(form) {
  const [descriptions, quantities, prices, rates] = [
    "description",
    "quantity",
    "price",
    "rate",
  ].map((name) => form.getAll(name).slice(0, 200))
  return descriptions
    .map((description, at) => ({
      description: description.replace(/\p{Cc}/gu, " ").trim(),
      quantity: (quantities[at] ?? "").trim().slice(0, 20),
      price: (prices[at] ?? "").trim().slice(0, 20),
      rate: Number(rates[at]),
    }))
    .filter(({ description, price }) => description || price)
}

function itemOf({ description, quantity, price, rate }) {
  const quantity_milli = parse(quantity || "1", 3)
  const unit_cents = parse(price, 2)
  if (!description) return { says: "say what it is for." }
  if (description.length > 300) return { says: "use at most 300 characters." }
  if (quantity_milli === undefined || Math.abs(quantity_milli) > limits.quantityMilli)
    return { says: "give a quantity such as 2 or 1.5." }
  if (unit_cents === undefined || Math.abs(unit_cents) > limits.unitCents)
    return { says: "give a price such as 95 or 19.90." }
  if (!taxRates.includes(rate)) return { says: "choose a tax rate." }
  return { description, quantity_milli, unit_cents, tax_rate: rate }
}
