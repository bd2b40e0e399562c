/** Rows as CSV. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function toCsv({ columns }, rows) {
  const lines = [columns.map(({ name }) => cell(name)), ...rows.map((row) => row.map(cell))]
  return `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`
}

function cell(value) {
  if (value === null) return ""
  if (typeof value === "number") return String(value)
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
