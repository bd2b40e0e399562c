import { guessType } from "./field-types.ts"

/** Cutting an enumeration into its items, with what stands in parentheses kept whole. */

/** "a, b and c (x, y)" → ["a", "b", "c (x, y)"]. */
export function splitItems(text: string): string[] {
  const { bare, restore } = withoutParentheses(keepPairs(keepChoices(text)))
  return bare
    .split(
      /\s*(?:[,;|]|\n|\s-\s|\s\+\s|\s&\s)\s*(?:(?:and|or|as well as|plus(?! ones?\b)|also)\s+)*|\s+(?:and also|and maybe|and|plus(?! ones?\b)|as well as|along with|together with|and\/or)\s+/i,
    )
    .map((item) => restore(item).replaceAll("\ue002", " and ").trim())
    .map((item) => item.replace(/^(?:and|or|also|then|maybe|optionally|plus(?! ones?\b))\s+/i, ""))
    .filter((item) => /[\p{L}\p{N}]/u.test(item))
}

/** Every "(…)" replaced by one private character, and the way back. */
export function withoutParentheses(text: string): {
  bare: string
  restore: (part: string) => string
} {
  const inside: string[] = []
  const bare = text.replace(/[([{]([^()[\]{}]*)[)\]}]/g, (_, content: string) => {
    inside.push(content)
    return ` \ue001${inside.length - 1}\ue001`
  })
  const restore = (part: string) =>
    part.replace(/ ?\ue001(\d+)\ue001/g, (_, index: string) => ` (${inside[Number(index)] ?? ""})`)
  return { bare, restore }
}

const word = String.raw`[\p{L}\p{N}][\p{L}\p{N}'’/-]*(?: (?!and\b|or\b|with\b|which\b|that\b)[\p{L}\p{N}'’/-]+)?`
const named = `(?:status|categor(?:y|ies)|types?|kind|priority|state|stage|genre|condition|level|size|difficulty|mood|season|frequency|format|rating|severity|course|cuisine|plan|tier|gender|colou?r|result|outcome|light|sunlight|membership|role|phase|sex|meal|method|urgency|zone|shift|side|blood type|section)`
const choiceLists = [
  // "status: lead, active or done", "status can be lead, active or done"
  new RegExp(
    String.raw`\b((?:[\p{L}-]+ )?[\p{L}]+)\s*(?::|=|\bwhich (?:can|could|may|is)(?: be)?|\bthat (?:can|could|may|is)(?: be)?|\b(?:can|could|may|must|should|will) be|\bis(?= either| one)|,? either|,? one of|\bbeing|\bof either)(?: either| one of)?:?\s+((?:${word}\s*,\s*)*${word}\s*,?\s+or\s+${word})`,
    "giu",
  ),
  // "priority low, medium or high": only for names that usually have choices
  new RegExp(
    String.raw`\b((?:[\p{L}-]+ )?${named})\s+((?:${word}\s*,\s*)+${word}\s*,?\s+or\s+${word}|${word} or ${word})`,
    "giu",
  ),
]

const listedToEnd = new RegExp(String.raw`\b((?:[\p{L}-]+ )?${named})\s*[:=]\s*([^:;()]+)$`, "iu")

/** "status: received, in repair, ready" at the end of a sentence, without any "or". */
function choicesToEnd(text: string): string {
  return text.replace(listedToEnd, (whole, name: string, rest: string) => {
    const parts = rest.split(/\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+/i)
    // "status = saved/applied/offer, remote?": the strokes have told the choices already
    if (parts[0]?.includes("/")) return whole
    const isChoice = (part: string) =>
      part.split(/\s+/).length <= 3 &&
      !part.endsWith("?") &&
      ![
        "money",
        "date",
        "datetime",
        "email",
        "url",
        "phone",
        "long_text",
        "whole_number",
        "rating",
        "decimal",
      ].includes(guessType(part).type)
    const end = parts.findIndex((part) => !isChoice(part))
    const count = end < 0 ? parts.length : end
    if (count < 2) return whole
    const after = parts.slice(count)
    return `${name} (${parts.slice(0, count).join(", ")})${after.length > 0 ? `, ${after.join(", ")}` : ""}`
  })
}

/** Choices spelled out in the sentence go into parentheses, where their commas do no harm. */
export function keepChoices(text: string): string {
  const { bare, restore } = withoutParentheses(text)
  const kept = choiceLists.reduce((all, pattern) => {
    return all.replace(pattern, (whole, name: string, choices: string) => {
      if (choices.includes("\ue001") || /^(?:yes|no|whether|not)\b/i.test(choices)) return whole
      return `${name} (${choices.replace(/,?\s+or\s+/gi, ", ")})`
    })
  }, bare)
  return restore(choicesToEnd(kept))
}

/** "start and end date" is two dates; "date and time" is one thing. */
function keepPairs(text: string): string {
  return text
    .replace(/\b(date|day) (?:and|&) (time|hour|clock)\b/gi, "$1\ue002$2")
    .replace(
      /\b(start|begin|first|check-?in|arrival|departure|home|billing|purchase|issue|min(?:imum)?|before|opening|planned|borrow(?:ed)?|loan|pick-?up|planting|sowing|birth|systolic|width|height|prep(?:aration)?)(ing)? (?:and|&|\/|or) (end|finish|last|check-?out|return|departure|arrival|away|shipping|due|expiry|max(?:imum)?|after|closing|actual|returned|drop-?off|harvest(?:ing)?|death|diastolic|cook(?:ing)?)(ing)? (dates?|times?|name|address|team|score|weight|days?|price|pressure|temperature|temp)\b/gi,
      (_, first: string, ing1 = "", second: string, ing2 = "", head: string) => {
        const one = /^(?:dates|times|days)$/i.test(head) ? head.slice(0, -1) : head
        return `${first}${ing1} ${one}, ${second}${ing2} ${one}`
      },
    )
}
