// From the text of a CSV file to rows of cells. Rows that do not fit are named, never guessed at.
import { Refusal } from "./http.js"

export const limits = { bytes: 2 * 1024 * 1024, rows: 20_000, columns: 40, cell: 500 }

/**
 * `{ header, rows: [{ line, cells }], bad: [{ line, why }], separator }` of a CSV text; `line` counts
 * from 1 as editors do. A Refusal (422) when it holds no table at all.
 */
export function parseCsv(text) {
  const source = text.replace(/^\uFEFF/, "")
  const separator = separatorOf(source)
  const records = splitRecords(source, separator)
  const header = records.shift()?.cells.map((cell) => cell.trim())
  if (!header || header.length < 2)
    throw new Refusal(
      422,
      "No table was found: a first line with at least two column names is needed.",
    )
  if (header.length > limits.columns)
    throw new Refusal(422, `There are ${header.length} columns; the limit is ${limits.columns}.`)
  if (records.length > limits.rows)
    throw new Refusal(422, `There are ${records.length} rows; the limit is ${limits.rows}.`)
  const { rows, bad } = sorted(records, header.length)
  if (rows.length === 0) throw new Refusal(422, "There is a header, but no row below it that fits.")
  return { header: header.map(named), rows, bad, separator }
}

function sorted(records, width) {
  const rows = []
  const bad = []
  for (const { line, cells, open } of records) {
    if (cells.length === 1 && cells[0].trim() === "") continue
    if (open) bad.push({ line, why: "a quote was opened and never closed" })
    else if (cells.length !== width)
      bad.push({ line, why: `${cells.length} cells where the header has ${width}` })
    else if (cells.some((cell) => cell.length > limits.cell))
      bad.push({ line, why: `a cell of more than ${limits.cell} characters` })
    else rows.push({ line, cells: cells.map((cell) => cell.trim()) })
  }
  return { rows, bad }
}

const named = (name, index) => (name || `Column ${index + 1}`).slice(0, 60)

/** The sign that cuts the first line into the most parts. */
function separatorOf(source) {
  const first = source.slice(0, source.indexOf("\n") + 1 || undefined)
  const counts = [",", ";", "\t", "|"].map((sign) => [sign, first.split(sign).length])
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

function splitRecords(source, separator) {
  const reader = { records: [], cells: [], cell: "", quoted: false, line: 1, began: 1 }
  for (let at = 0; at < source.length; at++) {
    if (reader.quoted) at = readQuoted(reader, source, at)
    else readPlain(reader, source[at], separator)
  }
  if (reader.cell !== "" || reader.cells.length > 0) endRecord(reader)
  return reader.records
}

function readQuoted(reader, source, at) {
  const sign = source[at]
  if (sign === "\n") reader.line++
  if (sign !== '"') reader.cell += sign
  else if (source[at + 1] === '"') {
    reader.cell += '"'
    return at + 1
  } else reader.quoted = false
  return at
}

function readPlain(reader, sign, separator) {
  if (sign === '"' && reader.cell.trim() === "") {
    reader.cell = ""
    reader.quoted = true
  } else if (sign === separator) {
    reader.cells.push(reader.cell)
    reader.cell = ""
  } else if (sign === "\n") {
    endRecord(reader)
    reader.began = ++reader.line
  } else if (sign !== "\r") reader.cell += sign
}

function endRecord(reader) {
  const { cells, cell, began, quoted } = reader
  reader.records.push({ line: began, cells: [...cells, cell], open: quoted })
  reader.cells = []
  reader.cell = ""
}
