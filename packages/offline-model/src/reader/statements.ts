/** A text as statements: a line or sentence, with the bulleted lines below it. */
import { type Token, tokensOf, wordsIn } from "./tokens.ts"

export interface Statement {
  tokens: Token[]
  /** bulleted lines that belong to it */
  items: Token[][]
}

interface Line {
  tokens: Token[]
  /** how deep it is: 0 for a line of its own */
  level: number
  children: Line[]
}

const bullets = new Set(["-", "*", "•", "–", "·", "‣", "+", "▪"])

export function statementsOf(text: string): Statement[] {
  return nested(linesOf(text)).flatMap(statementsIn)
}

function linesOf(text: string): Line[] {
  const lines: Token[][] = [[]]
  for (const each of tokensOf(text))
    if (each.kind === "line") lines.push([])
    else lines.at(-1)?.push(each)
  return tablesAsBullets(lines.filter((line) => line.length > 0)).map((line) => {
    const start = text.lastIndexOf("\n", line[0]?.from ?? 0) + 1
    const indent = (line[0]?.from ?? 0) - start
    const marks = bulletOf(line)
    return { tokens: line.slice(marks), level: marks > 0 ? 1 + indent : 0, children: [] }
  })
}

/** How many tokens at the start of a line make it a bulleted one: "-", "1.", "2)". */
function bulletOf([first, second, third]: readonly Token[]): number {
  if (!first || !second) return 0
  if (bullets.has(first.low) && (first.to < second.from || first.low === "•")) return 1
  const isNumber = Number.isInteger(Number(first.low))
  return isNumber && third && [".", ")"].includes(second.low) ? 2 : 0
}

/** The first row of a table names its columns; two columns are a name and its kind. */
function tablesAsBullets(lines: Token[][]): Token[][] {
  return lines.flatMap((line, at) => {
    if (line[0]?.low !== "|") return [line]
    const isFirst = lines[at - 1]?.[0]?.low !== "|"
    const cells = cellsOf(line)
    if (isFirst && cells.length > 2) return cells.map((cell) => asBullet(cell, line[0]))
    if (isFirst || cells.length !== 2) return wordsIn(line).length > 0 ? [line] : []
    const bar = line.findIndex(({ low }, place) => place > 0 && low === "|")
    const opening = line[bar]
    return [
      asBullet(
        line
          .map((each) => (each === opening ? { ...each, low: ":", text: ":" } : each))
          .filter(({ low }) => low !== "|"),
        line[0],
      ),
    ]
  })
}

const asBullet = (cell: Token[], bar: Token | undefined): Token[] =>
  bar ? [{ ...bar, low: "•", text: "•", to: bar.from }, ...cell] : cell

function cellsOf(line: Token[]): Token[][] {
  const cells: Token[][] = []
  for (const each of line)
    if (each.low === "|") cells.push([])
    else cells.at(-1)?.push(each)
  return cells.filter((cell) => wordsIn(cell).length > 0)
}

/** Puts each bulleted line below the line above it that is less deep. */
function nested(lines: Line[]): Line[] {
  const roots: Line[] = []
  const open: Line[] = []
  for (const line of lines) {
    while (open.length > 0 && (open.at(-1)?.level ?? 0) >= line.level) open.pop()
    ;(open.at(-1)?.children ?? roots).push(line)
    open.push(line)
  }
  return roots
}

function statementsIn({ tokens, children }: Line): Statement[] {
  const own = sentencesOf(tokens)
  const describing = children.filter(
    (child) => child.children.length > 0 || isDescription(child.tokens),
  )
  // Bullets that are described themselves are things, not fields of the line above.
  if (describing.length > children.length / 2)
    return [...own.map((each) => ({ tokens: each, items: [] })), ...children.flatMap(statementsIn)]
  const last = own.pop() ?? []
  const items = children.flatMap((child) => [
    child.tokens,
    ...child.children.map(({ tokens: each }) => each),
  ])
  return [...own.map((each) => ({ tokens: each, items: [] })), { tokens: last, items }]
}

/** "Books: title, author, pages" */
function isDescription(tokens: readonly Token[]): boolean {
  const colon = tokens.findIndex(
    ({ low, spaced }) =>
      low === ":" ||
      low === "(" ||
      (low === "-" && spaced) ||
      low === "->" ||
      low === "with" ||
      low === "has",
  )
  return colon > 0 && colon < 5 && tokens.slice(colon).filter(({ low }) => low === ",").length > 1
}

/** Ends at ".", "!" and "?" where the next word begins anew. */
function sentencesOf(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = [[]]
  let depth = 0
  tokens.forEach((each, at) => {
    if (["(", "["].includes(each.low)) depth++
    if ([")", "]"].includes(each.low)) depth = Math.max(0, depth - 1)
    sentences.at(-1)?.push(each)
    const next = tokens[at + 1]
    const ends =
      each.low === "." ||
      each.low === "!" ||
      (each.low === "?" && next !== undefined && begins(next))
    const shortened =
      each.low === "." &&
      ["no", "abt", "approx", "tel", "nr", "incl", "mr", "mrs", "dr"].includes(
        tokens[at - 1]?.low ?? "",
      )
    if (ends && !shortened && depth === 0 && (next === undefined || next.from > each.to))
      sentences.push([])
  })
  return sentences.filter((sentence) => wordsIn(sentence).length > 0).map(withoutQuestion)
}

/** The mark at the end of "Could you make …?" says nothing of its last item. */
function withoutQuestion(sentence: Token[]): Token[] {
  const asks = ["could", "can", "would", "is", "are", "how", "will"].includes(
    wordsIn(sentence)[0]?.low ?? "",
  )
  return asks && sentence.at(-1)?.low === "?" ? sentence.slice(0, -1) : sentence
}

const begins = ({ text, kind }: Token) => kind === "word" && text[0] !== text[0]?.toLowerCase()
