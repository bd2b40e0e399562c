import { typed } from "./money.js"
import { settings } from "./settings.js"

const columns = {
  number: ({ number }) => number ?? "",
  state: ({ shown }) => shown,
  customer: ({ buyer }) => buyer.name,
  date: ({ issued_on }) => issued_on,
  due: ({ due_on }) => due_on,
  paid: ({ paid_on }) => paid_on ?? "",
  net: ({ totals }) => typed(totals.net, 2, 2),
  tax: ({ totals }) => typed(totals.gross - totals.net, 2, 2),
  total: ({ totals }) => typed(totals.gross, 2, 2),
  currency: ({ seller }) => seller?.currency ?? settings.currency,
}

/** All invoices as a table for spreadsheets. */
export function csvOf(invoices) {
  const rows = invoices.map((invoice) => Object.values(columns).map((value) => value(invoice)))
  return `${[Object.keys(columns), ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`
}

/** A spreadsheet would run a cell that begins like a formula; a plain number is none. */
function cell(value) {
  const text = String(value)
  const safe = /^[=+\-@\t]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
