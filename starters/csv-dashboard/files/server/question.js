// What the address asks of a dataset: search, filters, order, page, and what the charts show.
import { isNumeric } from "./dataset.js"

const choicesAtMost = 24

/**
 * Every part of the question, with whatever makes no sense for this dataset left out. `groupBy` is the name of
 * the column that bars begin with where a file has it.
 */
export function readQuestion(dataset, query, groupBy = "") {
  const { columns } = dataset
  const column = (name, fits) => {
    const index = Number(query.get(name) || Number.NaN)
    return columns[index] && fits(columns[index], index) ? index : undefined
  }
  const choices = choicesOf(dataset)
  const wanted = columnNamed(columns, groupBy)
  const groups = groupsIn(choices, wanted)
  const first = (fits) => {
    const index = columns.findIndex(fits)
    return index < 0 ? undefined : index
  }
  const measured = columns.findLastIndex(({ type }) => type === "money")
  const sum = measured >= 0 ? measured : first(isNumeric)
  return {
    search: (query.get("q") ?? "").trim().slice(0, 80),
    only: choices.flatMap(({ index, values }) =>
      values.includes(query.get(`f${index}`)) ? [{ index, value: query.get(`f${index}`) }] : [],
    ),
    ranges: rangesOf(columns, query),
    choices,
    sort: column("sort", () => true),
    down: query.get("dir") === "down",
    page: Math.max(1, Math.min(9999, Math.trunc(Number(query.get("page"))) || 1)),
    groups,
    hasWanted: wanted !== undefined,
    by:
      column("by", (_, at) => groups.some(({ index }) => index === at)) ??
      wanted?.index ??
      groupedBy(choices)?.index,
    sum: query.get("sum") === "count" ? undefined : (column("sum", isNumeric) ?? sum),
    over: column("over", ({ type }) => type === "date") ?? first(({ type }) => type === "date"),
  }
}

/** Columns with so few different texts that one can be chosen from a list. */
function choicesOf({ columns, rows }) {
  return columns.flatMap(({ name, type }, index) => {
    if (type !== "text") return []
    const values = new Set()
    for (const row of rows) {
      if (row[index] !== null) values.add(row[index])
      if (values.size > choicesAtMost) return []
    }
    return values.size > 0 ? [{ index, name, values: [...values].sort() }] : []
  })
}

const plain = (text) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").trim().toLowerCase()

/** The column of texts that is called so, or has the word in its name. */
function columnNamed(columns, name) {
  const texts = columns.flatMap((column, index) =>
    column.type === "text" ? [{ index, name: column.name }] : [],
  )
  if (name.trim() === "") return undefined
  const word = plain(name)
  return (
    texts.find((one) => plain(one.name) === word) ??
    texts.find((one) => plain(one.name).includes(word))
  )
}

/** What bars can be by: columns with few different texts, and the one that was asked for. */
function groupsIn(choices, wanted) {
  const has = choices.some(({ index }) => index === wanted?.index)
  return wanted && !has ? [wanted, ...choices] : choices
}

/** Bars begin with the column that has most groups which can still be told apart. */
function groupedBy(choices) {
  const few = choices.filter(({ values }) => values.length <= 8)
  return few.toSorted((one, other) => other.values.length - one.values.length)[0] ?? choices[0]
}

function rangesOf(columns, query) {
  return columns.flatMap((column, index) => {
    if (column.type === "text") return []
    const [from, to] = ["from", "to"].map((end) => readEnd(query.get(`${end}${index}`), column))
    return from === undefined && to === undefined ? [] : [{ index, from, to }]
  })
}

function readEnd(given, column) {
  if (!given) return undefined
  if (column.type === "date") return /^\d{4}-\d\d-\d\d$/.test(given) ? given : undefined
  return Number.isFinite(Number(given)) ? Number(given) : undefined
}

/** The rows that fit, in the order asked for. */
export function answerQuestion({ rows }, { search, only, ranges, sort, down }) {
  const words = search.toLowerCase()
  const fitting = rows.filter(
    (row) =>
      only.every(({ index, value }) => row[index] === value) &&
      ranges.every((range) => isWithin(row[range.index], range)) &&
      (words === "" ||
        row.some((value) =>
          String(value ?? "")
            .toLowerCase()
            .includes(words),
        )),
  )
  if (sort === undefined) return fitting
  return fitting.sort((one, other) => compare(one[sort], other[sort]) * (down ? -1 : 1))
}

const isWithin = (value, { from, to }) =>
  value !== null && (from === undefined || value >= from) && (to === undefined || value <= to)

function compare(one, other) {
  if (one === other) return 0
  if (one === null) return -1
  if (other === null) return 1
  return typeof one === "number" ? one - other : String(one).localeCompare(String(other))
}
