import { linesIn, numbered } from "./numbered-lines.ts"

/** One replacement in a text. */
export interface Edit {
  find: string
  replace: string
  /** in every place instead of the only one */
  replaceAll?: boolean | undefined
}

/** The edited text, or the sentence that says which edit cannot be made and what comes near. */
export type Edited = { text: string } | { refused: string }

/** Makes edits one after the other, each in the text that the one before left: all or none. */
export function editText(before: string, edits: readonly Edit[]): Edited {
  let text = before
  for (const [index, edit] of edits.entries()) {
    const places = placesOf(text, edit.find)
    const which = edits.length > 1 ? `Edit ${index + 1} of ${edits.length}: the` : "The"
    const refused = refusal(text, { edit, places, which })
    if (refused) return { refused }
    // It is in one place, or all are meant.
    text = text.split(edit.find).join(edit.replace)
  }
  return { text }
}

function refusal(
  text: string,
  { edit, places, which }: { edit: Edit; places: number[]; which: string },
): string | undefined {
  if (places.length === 0) return `${which} text to find is not in it. ${nearest(text, edit.find)}`
  if (places.length === 1 || edit.replaceAll) return undefined
  const lines = places.map((at) => linesIn(text.slice(0, at + 1)).length)
  return `${which} text to find occurs ${places.length} times, at lines ${lines.slice(0, 20).join(", ")}. Add a line around the one you mean, or set replaceAll.`
}

function placesOf(text: string, find: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + find.length)) {
    places.push(at)
  }
  return places
}

const around = 2
/** how much of the text has to be alike before it is worth showing, from 0 to 1 */
const worthShowing = 0.3
const shownLinesMax = 40

/** The lines that are most like the text that was looked for, as they really are. */
function nearest(text: string, find: string): string {
  const lines = linesIn(text)
  const wanted = linesIn(find).map(bare)
  const { at, score } = bestPlace(lines.map(bare), wanted)
  if (score < worthShowing) return "Nothing in it comes near: read it again."
  const from = Math.max(at - around, 0)
  const to = Math.min(at + wanted.length + around, from + shownLinesMax)
  const how = score === 1 ? "It differs only in white space from" : "Nearest are"
  return `${how} these lines:\n${numbered(lines.slice(from, to), from + 1)}`
}

const bare = (line: string) => line.replaceAll(/\s+/g, " ").trim()

function bestPlace(lines: readonly string[], wanted: readonly string[]) {
  const scoreOf = likenessTo(wanted)
  let best = { at: 0, score: 0 }
  for (let at = 0; at <= Math.max(lines.length - wanted.length, 0); at++) {
    const score = wanted.reduce((sum, _, i) => sum + scoreOf(i, lines[at + i] ?? ""), 0)
    if (score / wanted.length > best.score) best = { at, score: score / wanted.length }
  }
  return best
}

/** 1 for the same line, else the part of its words that the other has too. */
function likenessTo(wanted: readonly string[]): (index: number, line: string) => number {
  const words = wanted.map((line) => new Set(wordsOf(line)))
  return (index, line) => {
    if (line === wanted[index]) return 1
    const mine = words[index] ?? new Set()
    const others = wordsOf(line)
    const shared = others.filter((word) => mine.has(word)).length
    return (0.9 * shared) / Math.max(mine.size, others.length, 1)
  }
}

const wordsOf = (line: string) => line.match(/\w+/g) ?? []
