// How each type of field lies in SQLite. Money is kept in hundredths, so sums stay exact; a relation
// to many is a JSON list of ids.

const sqlTypes = {
  whole_number: "INTEGER",
  rating: "INTEGER",
  flag: "INTEGER",
  money: "INTEGER",
  reference: "INTEGER",
  decimal: "REAL",
}

export function sqlType(field) {
  return sqlTypes[field.type] ?? "TEXT"
}

export function toColumn(field, value) {
  if (field.type === "flag") return value ? 1 : 0
  if (field.type === "references") return value?.length > 0 ? JSON.stringify(value) : null
  if (value === null || value === undefined) return null
  return field.type === "money" ? Math.round(value * 100) : value
}

export function fromColumn(field, value) {
  if (field.type === "flag") return value === 1
  if (field.type === "references") return value === null ? [] : JSON.parse(value)
  if (value === null || value === undefined) return null
  return field.type === "money" ? value / 100 : value
}

export function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`
}
