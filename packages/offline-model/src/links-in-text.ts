/**
 * Relations said in the middle of other words: "pets with name and the owner they belong to",
 * "visits with date and price for each pet". They are rewritten into plain items, "link to
 * owner", which the reader of lists understands.
 */
import { isKnown } from "./known-entities.ts"
import { plural, singular } from "./words.ts"

export interface LinkedText {
  text: string
  /** sentences for relations that an app cannot keep */
  notes: string[]
}

/** Rewrites relations between the named kinds of records (singular, lower case). */
export function withLinks(text: string, names: readonly string[]): LinkedText {
  const known = [...names, ...meantByEach(text, names)]
  if (known.length < 2) return { text, notes: [] }
  const words = wordsFor(known)
  const notes: string[] = []
  const whole = doneForThem(text, words)
  const segments = whole.split(segmentEnd).map((segment) => {
    const single = withoutMany(segment, words, notes)
    const tied = namedLinks(single, words)
    return trailingLinks(besideLinks(tied, words), words)
  })
  return { text: segments.join(""), notes }
}

/** What was said to belong together and does not: pairs of the words said and what they name. */
export function unlinked(text: string, names: readonly string[]): { said: string; name: string }[] {
  if (names.length < 2) return []
  const words = wordsFor(names)
  const said = new RegExp(
    String.raw`\b(?:belong(?:s|ing)? to|(?:linked|tied|connected|assigned|related|attached) to|owned by|(?<=\b(?:${words})\b.*)(?:for|of) each) (?:an? |the |one |their |its )?(${words})\b`,
    "giu",
  )
  return text.split(segmentEnd).flatMap((segment) =>
    [...segment.matchAll(said)].map((match) => ({
      said: match[0],
      name: fullName(match[1] ?? "", names),
    })),
  )
}

/** The kind of record that a word is short for: "bed" for "garden bed". */
export function fullName(spoken: string, names: readonly string[]): string {
  const name = singular(spoken.toLowerCase())
  return names.includes(name) ? name : (names.find((each) => each.endsWith(` ${name}`)) ?? name)
}

const segmentEnd = /(?<=[.;!?\n])(?=\s|$)/

/** "invoices for each project", where projects are spoken of before: a kind of record as well. */
function meantByEach(text: string, names: readonly string[]): string[] {
  const each = [...text.matchAll(/\b(?:for each|for every|per) (\p{L}+)/giu)]
  return each
    .map(([, name = ""]) => name.toLowerCase())
    .filter(
      (name) =>
        !names.includes(name) &&
        isKnown(name) &&
        new RegExp(String.raw`\bthe ${plural(name)} (?:i|we|they)\b`, "iu").test(text),
    )
}

/** "clients with name and the projects I do for them": projects, each of a client. */
function doneForThem(text: string, words: string): string {
  const theirs = new RegExp(
    String.raw`,?\s+(?:and )?(?:the )?(${words}) (?:i|we|they) \p{L}+ (?:for|with|to|from) (?:them|it|him|her)(?:,? and)?\b`,
    "giu",
  )
  return text.replace(theirs, (found, child: string, at: number) => {
    const before = [
      ...text.slice(0, at).matchAll(new RegExp(String.raw`\b(${words}) with\b`, "giu")),
    ]
    const parent = before.at(-1)?.[1]
    return parent ? `; ${child} with ${linkTo(parent)};` : found
  })
}

function wordsFor(names: readonly string[]): string {
  const lasts = names.map((name) => name.split(" ").at(-1) ?? name)
  const short = lasts.filter((last) => lasts.filter((each) => each === last).length === 1)
  return [...new Set([...names, ...short])]
    .flatMap((name) => [name, plural(name)])
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[^\p{L}\p{N} -]/gu, "."))
    .join("|")
}

const linkTo = (name: string) => `link to ${singular(name.toLowerCase())}`
const one = "(?:exactly |only )?(?:an?|one|the|their|its|his|her|a single|some|which)"
const deeds =
  "written|made|done|created|taught|owned|borrowed|placed|given|led|run|recorded|composed|directed|published|supplied|sold|assigned|linked|tied|connected|related|attached|sent|booked|kept|brewed|baked|painted"

/** "and the owner they belong to", "that belong to an owner", "written by an author" */
function namedLinks(segment: string, words: string): string {
  const theirs = new RegExp(
    String.raw`,?\s+(?:(?:and|plus|with)\s+)?(?:(?:to|for|of|in) )?(?:the|its|their|an?|one|which|what|whose) (${words})(?:,? (?:that|which|who|whom))? (?:it|they|each|he|she|this|each one)(?:'s| is| are| was| were)? ?(?:(?:belong|refer|relate|point|go|come)e?s? (?:to|with|from)|(?:for|from|of|by|in|with|at|on|about|waiting|${deeds})(?: (?:for|to|by|from))?)(?=\s*(?:[.,;!?)\n]|and\b|$))`,
    "giu",
  )
  const whose = new RegExp(
    String.raw`,?\s+(?:and\s+)?(?:(?:that|which|who|each)(?: each)? (?:can |may |must |should |always )?(?:belongs?|refers?|links?|points?) to|(?:each )?belonging to|(?:(?:that|which|who) (?:is|are|was|were) |each )?(?<!\b(?:is|are|was|were|be|been) )(?:${deeds}) (?:by|to|from|with)) ${one} (${words})\b`,
    "giu",
  )
  return segment
    .replace(theirs, (_, name: string) => `, ${linkTo(name)}`)
    .replace(whose, (found, name: string, at: number) => {
      const inList = /\b(?:with|has|have|having)\b|[:(,]/.test(segment.slice(0, at))
      return inList
        ? `, ${linkTo(name)}`
        : `${found.startsWith(",") ? "," : ""} with ${linkTo(name)}`
    })
}

/** "invoices for each project with amount" → "invoices with link to project, amount" */
function besideLinks(segment: string, words: string): string {
  const beside = new RegExp(
    String.raw`\b(${words}) (?:for|of|per|on|from|by|at|in)(?: each| every| an?| one|(?<=per)) (${words})(\s*(?:\bwith|\bhaving|:|\())?(?=\s|$|[.,;)]|[\p{L}])`,
    "giu",
  )
  return segment.replace(beside, (found, child: string, parent: string, opening = "") => {
    if (singular(child.toLowerCase()) === singular(parent.toLowerCase())) return found
    const sign = opening.trim()
    if (sign === "") return `${child} with ${linkTo(parent)}`
    return `${child}${sign === ":" ? "" : " "}${sign}${sign === "(" ? "" : " "}${linkTo(parent)},`
  })
}

/** "visits with date and price for each pet": what is listed belongs to visits. */
function trailingLinks(segment: string, words: string): string {
  const trailing = new RegExp(
    String.raw`\s+(?:for|of|per|on|to|from|by)(?: each| every| an?| one|(?<=per)) (${words})(?=\s*(?:[.;!?\n]|$|,?\s*(?:and )?(?:the )?(?:${words})\b))`,
    "giu",
  )
  const described = new RegExp(
    String.raw`\b(${words})\s*(?:with|having|has|have|including|:|\(|should have|must have)`,
    "giu",
  )
  return segment.replace(trailing, (found, parent: string, at: number) => {
    const before = segment.slice(0, at)
    const child = [...before.matchAll(described)].at(-1)?.[1] ?? ""
    if (child === "" || singular(child.toLowerCase()) === singular(parent.toLowerCase()))
      return found
    return /\)\s*$/.test(before) ? ` with ${linkTo(parent)}` : `, ${linkTo(parent)}`
  })
}

/** "students take which courses": each has many of the other, and a record points to one only. */
function withoutMany(segment: string, words: string, notes: string[]): string {
  const many = new RegExp(
    String.raw`(?:,?\s*\b(?:and|so|then|also)\b)?\s*\b(?:(?:which|what|the|all) )?(${words}) (?:can |may |could |should |will |who |that )?(?:take|attend|enrol+ (?:in|for|on)|join|sign up (?:for|to)|choose|play in|work on|go to|study) (?:which |what |many |several |multiple |one or more |different |some |their |the |any number of )?(${words})\b`,
    "giu",
  )
  return segment.replace(many, (found, child: string, parent: string) => {
    const [some, others] = [child.toLowerCase(), parent.toLowerCase()]
    if (some === singular(some) || others === singular(others)) return found
    const pair = `a ${singular(some)} and a ${singular(others)}`
    notes.push(
      `Which ${some} go with which ${others} is not kept, for a record points to one other record only: ask for a list of its own, each with ${pair}.`,
    )
    return ""
  })
}
