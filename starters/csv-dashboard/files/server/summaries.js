// Sums of rows: by group, over time, and of whole columns.
import { isNumeric } from "./dataset.js"

const groupsShown = 8

/** Money and decimals are added in ten-thousandths, so that 0.1 + 0.2 is 0.3. */
function totalOf(rows, index) {
  let total = 0
  for (const row of rows) total += Math.round((row[index] ?? 0) * 10_000)
  return total / 10_000
}

const measure = (rows, sum) => (sum === undefined ? rows.length : totalOf(rows, sum))

/** `[{ label, rows, value }]`, the largest first; what is beyond eight groups is one group “Others”. */
export function groupsOf(rows, { by, sum }) {
  const groups = Map.groupBy(rows, (row) => row[by] ?? "(empty)")
  const all = [...groups]
    .map(([label, members]) => ({ label, rows: members.length, value: measure(members, sum) }))
    .sort((one, other) => other.value - one.value)
  if (all.length <= groupsShown) return all
  const rest = all.slice(groupsShown - 1)
  const others = {
    label: `${rest.length} others`,
    rows: rest.reduce((count, group) => count + group.rows, 0),
    value: rest.reduce((value, group) => Math.round((value + group.value) * 1e4) / 1e4, 0),
  }
  return [...all.slice(0, groupsShown - 1), others]
}

/** `{ unit, points: [{ label, value }] }` by day when there are few of them, else by month, else by year. */
export function timelineOf(rows, { over, sum }) {
  const dated = rows.filter((row) => row[over] !== null)
  for (const [unit, length] of Object.entries({ day: 10, month: 7, year: 4 })) {
    const groups = Map.groupBy(dated, (row) => row[over].slice(0, length))
    if (groups.size > (unit === "day" ? 31 : 60) && unit !== "year") continue
    const points = [...groups]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([label, members]) => ({ label, value: measure(members, sum) }))
    return { unit, points }
  }
}

/** The figures above the charts: how many rows, and for up to three number columns their sum and mean. */
export function figuresOf({ columns }, rows) {
  return columns
    .flatMap((column, index) => (isNumeric(column) ? [{ column, index }] : []))
    .sort((one, other) => (other.column.type === "money") - (one.column.type === "money"))
    .slice(0, 3)
    .map(({ column, index }) => {
      const filled = rows.filter((row) => row[index] !== null)
      const sum = totalOf(filled, index)
      return { column, sum, mean: filled.length === 0 ? null : sum / filled.length }
    })
}
