// A dataset: columns with their types and rows of values, as the store keeps it and the pages show it.
import { readColumn } from "./column-types.js"
import { parseCsv } from "./parse-csv.js"

const namedAtMost = 50

/** `{ columns: [{ name, type }], rows: [[value…]], problems: [sentence…], left }` of a CSV text. */
export function readDataset(text) {
  const { header, rows, bad, separator } = parseCsv(text)
  const lines = rows.map((row) => row.line)
  const columns = header.map((name, index) =>
    readColumn({ name, cells: rows.map((row) => row.cells[index]), lines, separator }),
  )
  const problems = [
    ...bad.map(({ line, why }) => ({ line, says: `Line ${line} was left out: ${why}.` })),
    ...columns.flatMap(({ name, type, misfits }) =>
      misfits.map(({ line, value }) => ({
        line,
        says: `Line ${line}: “${value}” in ${name} is not a ${type === "date" ? "date" : "number"}; the cell is empty.`,
      })),
    ),
  ].sort((one, other) => one.line - other.line)
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((_, at) => columns.map((column) => column.values[at])),
    problems: problems.slice(0, namedAtMost).map(({ says }) => says),
    unnamed: Math.max(0, problems.length - namedAtMost),
    left: bad.length,
  }
}

export const isNumeric = ({ type }) => type === "number" || type === "money"
