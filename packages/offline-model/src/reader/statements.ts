/** A text as statements: a line or sentence, with the bulleted lines below it. */
import signs from "../lexicon/signs.json" with { type: "json" }
import { lows, splitAt, type Token, tokensOf, wordsIn } from "./tokens.ts"
import { setOf } from "./words.ts"

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

const bullets = setOf("- * • – · ‣ + ▪")
const asks = setOf(signs.sentences.asks)
const shortened = setOf(signs.sentences.shortened)
const describes = setOf(signs.sentences.describes)

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

/** The cells of a table's first row are items; its other rows say nothing that is built. */
function tablesAsBullets(lines: Token[][]): Token[][] {
  return lines.flatMap((line, at) => {
    const [bar] = line
    if (bar?.low !== "|") return [line]
    if (lines[at - 1]?.[0]?.low === "|") return []
    const bullet: Token = { ...bar, low: "•", to: bar.from }
    return splitAt(line, ({ low }) => low === "|").map((cell) => [bullet, ...cell])
  })
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
  const own = sentencesOf(tokens).map((each): Statement => ({ tokens: each, items: [] }))
  const describing = children.filter(
    (child) => child.children.length > 0 || isDescription(child.tokens),
  )
  // Bullets that are described themselves are things, not fields of the line above.
  if (describing.length > children.length / 2) return [...own, ...children.flatMap(statementsIn)]
  const items = children.flatMap((child) => [child, ...child.children].map((each) => each.tokens))
  return [...own.slice(0, -1), { tokens: own.at(-1)?.tokens ?? [], items }]
}

/** "Books: title, author, pages" */
function isDescription(tokens: readonly Token[]): boolean {
  const at = tokens.findIndex(({ low, spaced }) => describes.has(low) || (low === "-" && spaced))
  return at > 0 && at < 5 && tokens.slice(at).filter(({ low }) => low === ",").length > 1
}

/** Ends at ".", "!" and "?" where the next word begins anew. */
function sentencesOf(tokens: readonly Token[]): Token[][] {
  const isEnd = (each: Token, at: number) => {
    const next = tokens[at + 1]
    const apart = next === undefined || next.from > each.to
    if (each.low === "?") return apart && next !== undefined && next.text !== next.low
    return (
      apart && (each.low === "!" || (each.low === "." && !shortened.has(tokens[at - 1]?.low ?? "")))
    )
  }
  const ends = new Set(tokens.filter(isEnd))
  const parts = splitAt(
    tokens,
    (each, at) => at > 0 && ends.has(tokens[at - 1] ?? each) && each.kind !== "line",
    true,
  )
  return parts.filter((part) => wordsIn(part).length > 0).map(withoutQuestion)
}

/** The mark at the end of "Could you make …?" says nothing of its last item. */
function withoutQuestion(sentence: Token[]): Token[] {
  const isQuestion = asks.has(lows(sentence)[0] ?? "") && sentence.at(-1)?.low === "?"
  return isQuestion ? sentence.slice(0, -1) : sentence
}
