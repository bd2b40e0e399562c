/** A title with what is noted about it below, laid out without bullets or commas. */
import { looksLikeFieldItem } from "./read-items.ts"
import { isPlural, lastWord, singular } from "./words.ts"

/** "Aquarium test results", and below it "tank", "tested on", "pH": bullets of each result. */
export function withTitledLines(text: string): string {
  const lines = text.split("\n")
  const from = lines.findIndex((_, at) => isRun(lines, at))
  if (from < 1) return titledSentence(text)
  const title = lines.slice(0, from).findLastIndex((line) => line.trim() !== "")
  const thing = thingIn(lines[title] ?? "")
  if (!thing) return text
  const to = runEnd(lines, from)
  const fields = lines.slice(from, to).map((line) => `- ${line.trim()}`)
  return [...lines.slice(0, title), `Every ${thing}:`, ...fields, ...lines.slice(to)].join("\n")
}

/** "BAKES STOP EACH BAKE DATE STOP NOTES STOP", as in a telegram */
export function withoutStops(text: string): string {
  const said = text.split(/\s+STOP\b[\s.]*/)
  if (said.length < 4) return text
  const [title = "", first = "", ...rest] = said.filter((part) => part !== "")
  const thing = first.replace(/^((?:EACH|EVERY) \p{L}+) (?=\p{L})/iu, "$1: ")
  const ordered = / (?:on top|first|last)$/i
  const list = [thing, ...rest.filter((part) => !ordered.test(part))].join(", ")
  return [title, list, ...rest.filter((part) => ordered.test(part))].join(". ").toLowerCase()
}

const fewest = 4

/** Whether lines begin here that stand below a title and mostly read as fields. */
function isRun(lines: string[], at: number): boolean {
  const above = lines.slice(0, at).findLast((line) => line.trim() !== "")
  if (above === undefined || !thingIn(above) || !isShort(lines[at])) return false
  const run = lines.slice(at, runEnd(lines, at))
  return run.length >= fewest && run.filter(looksLikeFieldItem).length * 2 >= run.length
}

function runEnd(lines: string[], from: number): number {
  const end = lines.findIndex((line, at) => at >= from && !isShort(line))
  return end < 0 ? lines.length : end
}

function isShort(line = ""): boolean {
  const bare = line.replace(/\s*\([^)]*\)/g, "").trim()
  return /^\p{L}[\p{L}\p{N} °%/?'’&-]{0,45}$/u.test(bare) && bare.split(" ").length < 7
}

const speaks =
  /\b(?:i|i'd|we|you|me|my|our|need|needs|want|please|app|like|make|build|track|keep|with|has|have|hi|hello|hey|dear|bye|thanks|subject)\b/i
const holder =
  / (?:list|log|log ?book|diary|journal|register|registry|inventory|tracker|form|sheet|records?|book)$/i

/** "Fire extinguisher register for a warehouse" is about a fire extinguisher. */
function thingIn(title: string): string | undefined {
  const bare = title
    .trim()
    .replace(/:$/, "")
    .replace(/ (?:for|at|in|of) (?:an?|the|my|our) [\p{L} ]+$/iu, "")
  if (!/^\p{L}[\p{L} -]{3,50}$/u.test(bare) || speaks.test(bare)) return undefined
  const thing = bare.replace(holder, "")
  const named = thing !== bare || isPlural(lastWord(bare))
  return named && thing.split(" ").length < 5 ? singular(thing.toLowerCase()) : undefined
}

/** "Fire extinguisher register. Asset tag, type, weight": the same in two sentences. */
function titledSentence(text: string): string {
  const [whole = "", title = "", list = ""] =
    text.match(/^([^.!?,:;\n]{5,70})[.!]\s+([^.!?;\n]+,[^.!?;\n]+,[^.!?;\n]+,[^.!?;\n]+)/) ?? []
  const thing = thingIn(title)
  if (!thing || !holder.test(title.replace(/ (?:for|at|in|of) .*$/, ""))) return text
  if (speaks.test(list) || / = |:/.test(list.split(",")[0] ?? "")) return text
  return `Every ${thing}: ${list}${text.slice(whole.length)}`
}
