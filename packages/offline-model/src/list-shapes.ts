/** Lists laid out in other ways than with commas, put into the shapes the readers know. */
import { soundsLikeField } from "./field-types.ts"
import { isKnown } from "./known-entities.ts"
import { isPlural, lastWord, singular } from "./words.ts"

/** Tables become bullets; strokes, plus signs, semicolons and bare runs of words become commas. */
export function withPlainLists(text: string): string {
  return linesAsBullets(tablesAsBullets(text))
    .split("\n")
    .map((line) => (bullet.test(line) ? line : outsideParentheses(line, evenLine)))
    .join("\n")
}

const bullet = /^\s*(?:[-*•·+]|\d{1,2}[.)])\s/

function evenLine(line: string): string {
  return runsOfWords(semicolons(plusSigns(strokes(betweenDashes(line)))))
}

function outsideParentheses(line: string, change: (bare: string) => string): string {
  const inside: string[] = []
  const bare = line.replace(/[([{][^()[\]{}]*[)\]}]/g, (found) => {
    inside.push(found)
    return `\ue00a${inside.length - 1}\ue00a`
  })
  return change(bare).replace(/\ue00a(\d+)\ue00a/g, (_, at: string) => inside[Number(at)] ?? "")
}

const tableRow = /^\s*\|(.*)\|\s*$/
const ruleRow = /^\s*\|[\s|:-]+\|\s*$/

function tablesAsBullets(text: string): string {
  const lines = text.split("\n")
  const made: string[] = []
  for (let at = 0; at < lines.length; at++) {
    if (!tableRow.test(lines[at] ?? "") || !ruleRow.test(lines[at + 1] ?? "")) {
      made.push(lines[at] ?? "")
      continue
    }
    const heads = cellsOf(lines[at])
    const rows: string[][] = []
    for (at += 2; tableRow.test(lines[at] ?? ""); at++) rows.push(cellsOf(lines[at]))
    at--
    made.push(...bulletsOf(heads, rows))
  }
  return made.join("\n")
}

/** Short lines one below the other, most of them words for fields, are bullets without their dots. */
function linesAsBullets(text: string): string {
  const lines = text.split("\n")
  const made: string[] = []
  for (let from = 0; from < lines.length; ) {
    let to = from
    while (isShort(lines[to])) to++
    made.push(...(to - from < 4 ? lines.slice(from, to) : asBullets(lines.slice(from, to))))
    if (to < lines.length) made.push(lines[to] ?? "")
    from = to + 1
  }
  return made.join("\n")
}

const isShort = (line = "") => /^\p{L}[^,:.!|/;]{1,40}$/u.test(line) && line.split(" ").length < 6

function asBullets(lines: string[]): string[] {
  const named = lines.map((line) =>
    soundsLikeField(line.replace(/\s*\(.*|\?$|\s+in \p{L}+$/gu, "")),
  )
  if (named.filter(Boolean).length * 2 < lines.length) return lines
  return lines.map((line, at) => (at === 0 && !named[0] ? line : `- ${line}`))
}

function cellsOf(line = ""): string[] {
  return (line.match(tableRow)?.[1] ?? "").split("|").map((cell) => cell.trim())
}

/** A table of fields has one row for each; any other table has them as its heads. */
function bulletsOf(heads: string[], rows: string[][]): string[] {
  const listsFields = /^(?:fields?|columns?|attributes?|property|properties|names?|what)$/i
  const aboutFields = /^(?:kinds?|types?|data ?types?|formats?|values|options|details|notes)$/i
  if (!listsFields.test(heads[0] ?? "") || !aboutFields.test(heads[1] ?? "")) {
    return heads.filter((head) => head !== "" && head !== "#").map((head) => `- ${head}`)
  }
  return rows.map(([name, kind]) => (kind ? `- ${name} (${kind})` : `- ${name}`))
}

/** "vinyl records / artist / album / label": the first is what is kept, the rest its fields. */
function strokes(line: string): string {
  // "chore chart for the kids, chore / who does it / day due"
  const [, title, row] =
    line.match(/^([^,:;/|]{3,60})[,:] ([^,:;/|]{2,30}(?: [/|] [^,:;]{2,40}){3,})$/) ?? []
  if (title && row) return `${title}: ${row.split(/\s+[/|]\s+/).join(", ")}`
  if (/[,:;]/.test(line)) {
    const [, head, list] = line.match(/^([^:,;]{3,40}):\s+([^:,;]+)$/) ?? []
    const parts = list?.split(/\s+\/\s+/) ?? []
    const groups = parts.length > 1 && parts.every((part) => part.includes("\ue00a"))
    if (head && groups) return `${head}: ${parts.join(", ")}`
    return head && parts.length > 3 && isPlural(head) ? `${head}: ${parts.join(", ")}` : line
  }
  const [first = "", ...rest] = line.split(/\s+[/|]\s+/)
  if (rest.length < 3) return line
  const [, lead, own] = first.match(/^(.*\S)\s+[-–—]\s+(\S.*)$/) ?? []
  if (lead && own) return `${lead}: ${[own, ...rest].join(", ")}`
  const head = first.trim()
  const isThing =
    isPlural(head) || head.split(" ").length > 2 || isKnown(singular(lastWord(head).toLowerCase()))
  return `${head}${isThing ? ":" : ","} ${rest.join(", ")}`
}

/** "jobs – client, deadline, paid – and clients – name, country": what each list is about. */
function betweenDashes(line: string): string {
  const own = /(\p{L})\s+[–—-]\s+([^–—:;.]+?,[^–—:;.]+?,[^–—:;.]+?)\s+[–—-](?=\s+and\s)/gu
  const first = line.replace(own, "$1 ($2)")
  if (first === line && !/\ue00a,? (?:and|plus|as well as) [^\ue00a,]{3,40} [–—-] /.test(line))
    return line
  return first.replace(/(\p{L})\s+[–—-]\s+([^–—:;()]+?,[^–—:;()]+?)([.!?]?)$/u, "$1 ($2)$3")
}

function plusSigns(line: string): string {
  return (line.match(/\s\+\s/g)?.length ?? 0) > 1 ? line.replace(/\s+\+\s+/g, ", ") : line
}

/** "Guest list: name; side; email": each part short, and none of them a sentence. */
function semicolons(line: string): string {
  const rows = line.split(/(?<=[.!?:])\s+/).map((said) => {
    const row = said.split(";")
    const short = row.every((part) => part.trim().split(/\s+/).length < 7)
    return row.length > 3 && short ? said.replaceAll(";", ",") : said
  })
  const parts = /(?::|\bwith|\bhas|\bhave)\s[^.;:,]{1,40}(?:;\s*[^.;:,]{1,40}){2,}/gi
  return rows.join(" ").replace(parts, (list) => list.replaceAll(";", ","))
}

const run = /(:|\s[-–—])\s+(\p{L}+(?: \p{L}+){3,19})(?=[.!]?\s*$)/gu

/** "title author pages finished on stars": words for fields in a row, with nothing between. */
function runsOfWords(line: string): string {
  return line.replace(run, (whole, sign: string, list: string) => {
    const fields = fieldsInRow(list.split(" "))
    return fields && fields.length > 3 ? `${sign} ${fields.join(", ")}` : whole
  })
}

const tails = /^(?:on|at|by|in|date|name|number|price|link|address|time|code|url|status)$/i

function fieldsInRow(words: string[]): string[] | undefined {
  const fields: string[] = []
  for (let at = 0; at < words.length; ) {
    let field = words[at++] ?? ""
    while (at < words.length && (!soundsLikeField(field) || tails.test(words[at] ?? ""))) {
      field = `${field} ${words[at++]}`
    }
    if (!soundsLikeField(field) || field.split(" ").length > 3) return undefined
    if (/\b(?:and|or|with|i|my|the|a|of|to)\b/i.test(field)) return undefined
    fields.push(field)
  }
  return fields
}
