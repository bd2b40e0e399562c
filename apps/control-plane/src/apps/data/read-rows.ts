import { importRowsMax, type TableFormat } from "@vibecaas/contract/app-data"
import { fault } from "@vibecaas/kernel/fault"
import { parse } from "csv-parse"
import { z } from "zod"

/** One row to bring in: values by the names of columns, and the line that it stood on. */
export interface ReadRow {
  line: number
  values: Record<string, unknown>
}

/** What JSON may hold for a column; lists and objects are kept as their own text. */
const objects = z.array(z.record(z.string(), z.unknown()))

/** Rows of a file. @throws Fault `invalid` in words for people, `too_large` */
export async function readRows(bytes: Uint8Array, format: TableFormat): Promise<ReadRow[]> {
  const text = decoded(bytes)
  const rows = format === "csv" ? await readCsv(text) : readJson(text)
  if (rows.length === 0) throw fault("invalid", { say: "There is no row in it." })
  if (rows.length <= importRowsMax) return rows
  throw fault("too_large", { say: `At most ${importRowsMax} rows are taken at once.` })
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch (cause) {
    throw fault("invalid", { say: "The file is no text in UTF-8. Save it as UTF-8.", cause })
  }
}

async function readCsv(text: string): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  const parser = parse(text, {
    ...{ columns: header, info: true, bom: true, skip_empty_lines: true },
    ...{ max_record_size: 1_000_000, delimiter: delimiterOf(text) },
    cast: (value, { quoting }) => (value === "" && !quoting ? null : unguarded(value)),
  })
  try {
    for await (const { record, info } of parser) rows.push({ line: info.lines, values: record })
    return rows
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/\.?$/, ".") : ""
    throw fault("invalid", { say: `This is no CSV that can be read. ${why}`.trim(), cause })
  }
}

/** Spreadsheets of many languages part values by semicolons. */
function delimiterOf(text: string): string {
  const [first = ""] = text.split(/\r?\n/, 1)
  const often = [",", ";", "\t"].map((each) => [each, first.split(each).length] as const)
  return often.reduce((most, each) => (each[1] > most[1] ? each : most))[0]
}

function header(names: string[]): string[] {
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Error(`Two columns are called “${twice}”.`)
  return names.map((name) => name.trim())
}

/** An export marks what a spreadsheet would take for a formula. */
const unguarded = (value: string) => (/^'+[=+\-@\t\r]/.test(value) ? value.slice(1) : value)

function readJson(text: string): ReadRow[] {
  const found = objects.safeParse(parsed(text))
  if (!found.success) {
    throw fault("invalid", { say: "This is no JSON list of objects, one for each row." })
  }
  return found.data.map((values, at) => ({ line: at + 1, values }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
