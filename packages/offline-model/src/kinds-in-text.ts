/** Kinds of record that a text lays out beside each other, each put on a line of its own. */
import { soundsLikeField } from "./field-types.ts"
import { splitItems } from "./lists.ts"
import { looksLikeFieldItem } from "./read-items.ts"
import { isPlural } from "./words.ts"

/** "I need units (building, rent), tenants (name, phone)" becomes "units: …" and "tenants: …". */
export function withKinds(text: string): { text: string; aside: string[] } {
  const listed = kindsInBullets(text.split("\n"))
  const lines = listed.lines.map((line) => (bullet.test(line) ? line : kindsInLine(line)))
  return { text: lines.join("\n"), aside: listed.aside }
}

const bullet = /^\s*(?:[-*•·–—▪◦+]|\d{1,2}[.)])\s+/
const described =
  /^((?:\p{L}[\p{L}'’-]*)(?: \p{L}[\p{L}'’-]*){0,2})\s*(?::|\s[-–—]|=|(?=\())\s*(.+)$/u
const tying =
  /^(\p{L}[\p{L} -]{2,25}s) (?:linking|connecting|tying|joining|matching|between) (?:each |an? |the )?(\p{L}+) (?:to|with|and) (?:each |an? |the )?(\p{L}+)(?:[,:]? (?:with|and) (.+))?$/iu

interface Laid {
  lines: string[]
  aside: string[]
}

function kindsInBullets(lines: string[]): Laid {
  const laid: Laid = { lines: [], aside: [] }
  for (let at = 0; at < lines.length; ) {
    let end = at
    while (end < lines.length && bullet.test(lines[end] ?? "")) end++
    const group = lines.slice(at, end).map((line) => line.replace(bullet, "").trim())
    const kinds = group.map(kindIn)
    if (kinds.filter(Boolean).length < 2) {
      laid.lines.push(...lines.slice(at, Math.max(end, at + 1)))
    } else {
      setIntroductionAside(laid)
      laid.lines.push(...group.map((line, index) => kinds[index] ?? line))
    }
    at = Math.max(end, at + 1)
  }
  return laid
}

/** "For my cave in Beaune:" says where the kinds below it are kept, and is none itself. */
function setIntroductionAside({ lines, aside }: Laid): void {
  const at = lines.findLastIndex((line) => line.trim() !== "")
  const line = lines[at] ?? ""
  if (at < 0 || !introduces.test(line)) return
  aside.push(line)
  lines.splice(at, 1)
}

const introduces =
  /\b(?:need|want|like|require|after|for (?:my|our|the|an?) [^,:;]{3,60}):\s*$|\bto (?:keep|track|record|log|manage|store)(?: track of)?:\s*$/iu

function kindIn(line: string): string | undefined {
  const tied = line.match(tying)
  if (tied) return `${tied[1]}: ${[tied[2], tied[3], tied[4]].filter(Boolean).join(", ")}`
  const [, name = "", list = ""] = line.match(described) ?? []
  const inside = list.match(/^\(([^()]*(?:\([^()]*\)[^()]*)*)\)[.;]?$/)?.[1] ?? list
  return isKind(name, inside) ? `${name}: ${inside}` : undefined
}

/** A noun that is no word for a field, and behind it fields rather than choices. */
function isKind(name: string, list: string): boolean {
  if (name === "" || list.startsWith("(")) return false
  const items = splitItems(list)
  if (items.length < 2 || (soundsLikeField(name) && !isPlural(name))) return false
  const fields = items.filter((item) => looksLikeFieldItem(item)).length
  return fields * 2 >= items.length && (fields > 1 || isPlural(name))
}

/** Two or more groups in one sentence; a single one is read where it stands. */
function kindsInLine(line: string): string {
  return line
    .split(/(?<=[.!?])\s+(?=\p{Lu})/u)
    .map((sentence) => inSentence(sentence) ?? sentence)
    .join(" ")
    .replace(/ ?\n ?/g, "\n")
}

const noun = String.raw`(?:(?:an?|the|my|our|their|list of|a list of|lists of|register of|table of) )*((?:[\p{L}-]+ )?[\p{L}-]+)`
const joint = String.raw`(?:^|[,;:]\s*(?:and |plus |also )?|\b(?:and|plus|want|need|of|keep|track|record|enter) )`
const inParentheses = new RegExp(
  String.raw`${joint}(?:and )?${noun} \(((?:[^()]|\([^()]*\))*)\)`,
  "giu",
)
const owned =
  /^(.*?)((?:\p{L}+ )?\p{L}+s) \(([^()]*,[^()]*)\),? (?:and|plus) their (\p{L}+s)(?::| [-–—]) (.+)$/iu
const behindEquals = new RegExp(String.raw`${joint}(?:and )?((?:[\p{L}-]+ )?[\p{L}-]+) = `, "giu")

function inSentence(sentence: string): string | undefined {
  return equalsIn(sentence) ?? groupsIn(sentence) ?? ownedIn(sentence)
}

/** "customers (name, city) and their pianos: the maker, the year": each piano has a customer. */
function ownedIn(sentence: string): string | undefined {
  const found = sentence.match(owned)
  const [, lead = "", owner = "", list = "", thing = "", own = ""] = found ?? []
  if (!isKind(owner, list) || !isKind(thing, own)) return undefined
  return `${lead.trim()}\n${owner}: ${list}\n${thing}: ${owner.replace(/s$/, "")}, ${own}\n`
}

interface Group {
  from: number
  to: number
  name: string
  list: string
}

function groupsIn(sentence: string): string | undefined {
  const groups = [...sentence.matchAll(inParentheses)].flatMap((match): Group[] => {
    const [whole, name = "", list = ""] = match
    if (!isKind(name, list)) return []
    return [{ from: match.index, to: match.index + whole.length, name, list }]
  })
  return groups.length < 2 ? undefined : onLines(sentence, groups)
}

function equalsIn(sentence: string): string | undefined {
  const starts = [...sentence.matchAll(behindEquals)]
  const groups = starts.flatMap((match, at): Group[] => {
    const to = starts[at + 1]?.index ?? sentence.length
    const list = sentence.slice(match.index + match[0].length, to)
    const name = match[1] ?? ""
    return isKind(name, list) ? [{ from: match.index, to, name, list }] : []
  })
  const all = groups.length === starts.length
  return groups.length < 2 || !all ? undefined : onLines(sentence, groups)
}

function onLines(sentence: string, groups: Group[]): string {
  const lead = sentence.slice(0, groups[0]?.from).trim()
  const rest = sentence.slice(groups.at(-1)?.to).trim()
  const lines = groups.map(({ name, list }) => `${name}: ${list.replace(/[\s.]+$/, "")}`)
  return ["", lead, ...lines, rest.replace(/^[\s,.;]+/, "")].join("\n").replace(/\n{2,}/g, "\n")
}
