import { split } from "./shares.js"

/** The whole book as CSV, with a column for what each person carries. */
export function bookCsv({ settings, book, money }) {
  const entries = book.all()
  const people = [
    ...new Set([...settings.people, ...entries.flatMap(({ parts }) => Object.keys(parts))]),
  ]
  const head = [
    "Day",
    "Kind",
    "For",
    "Category",
    "Paid by",
    `Amount (${money.currency})`,
    ...people,
  ]
  const lines = entries.map((entry) => {
    const shares = split(entry.amount, entry.parts, entry.id)
    const carried = people.map((person) => money.plain(shares[person] ?? 0))
    const { day, kind, title, category, paidBy, amount } = entry
    return [day, kind, title, category, paidBy, money.plain(amount), ...carried]
  })
  return `${[head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(text) {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
