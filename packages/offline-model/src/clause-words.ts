/** Short names for what a clause asks: "when it expires" is "expires on". */
import { isKnown } from "./known-entities.ts"

/** "bought" → "date bought"; "expire" → "expires on". */
export function dated(verb: string): string {
  if (/^(?:expire|end|start|arrive|leave|begin|open|close|ship)$/i.test(verb)) {
    return /^(?:start|end|arrive|leave|begin)$/i.test(verb) ? `${verb} date` : `${verb}s on`
  }
  if (/^(?:happen|happened|took|take|occurred|i|it|them)$/i.test(verb)) return "date"
  return /(?:ed|made|froze|wrote|t|ght|n|d|k|m|w)$/i.test(verb) ? `${verb} on` : `${verb} date`
}

export function moneyWords(verb: string): string {
  if (/^pa/i.test(verb)) return "price paid"
  if (/^cost/i.test(verb)) return "cost"
  if (/^worth/i.test(verb)) return "worth"
  if (/^(?:sold|asked)/i.test(verb)) return "price"
  if (/^owe/i.test(verb)) return "amount owed"
  if (/^spe/i.test(verb)) return "amount spent"
  return /^charge/i.test(verb) ? "amount charged" : `amount ${verb}`
}

/** "whether the deposit has been paid": not the record itself but a part of it. */
const partDone =
  /^(?:whether|if) (?:the|a|an|their|his|her) (\p{L}+) (?:is|was|has been|have been|were) (paid|signed|sent|returned|received|refunded|charged|cleaned|checked)$/iu

export function flagWords(text: string): string {
  const part = text.match(partDone)
  if (part?.[1] && part[2] && !isKnown(part[1].toLowerCase())) return `${part[1]} ${part[2]}`
  if (/\bbeen (?:there|to)\b/i.test(text)) return "visited"
  const bare = text
    .replace(/\bthere(?:'s| is| are| was| were) (?:an? |any )?/i, "")
    .replace(/^(?:whether or not|whether|if|did|do|does|has|have|is|are|was|were|am)\s+/i, "")
    .replace(
      /^(?:or not\s+)?(?:(?:i|we|its?|they|theyre|he|she|shes|hes|you|someone|somebody|(?:the|my|each|this|that|a) \p{L}+)(?:'s|'ve|'re|'d|'m)?\s+)+/iu,
      "",
    )
    .replace(
      /^(?:(?:is|are|was|were|has|have|had|been|be|got|already|actually|still|ever|now|currently|will be|being|did|does|do)\s+)+/i,
      "",
    )
    .replace(/^(?:an?|the|our|my|to) (?=\p{L})/iu, "")
    .replace(/^(needs?|wants?|brings?) (?:an?|the) (?=\p{L})/iu, "$1 ")
    .replace(/^(?:takes?|needs?|wants?|gets?) (?:it|them) (?=with)/i, "")
    .replace(/\s+(?:it|them|that|this|him|her|one|already|yet|or not|now|before)$/i, "")
    .replace(/^(\p{L}+(?: \p{L}+)?) (?:is|are|was|were|has been|have been) (?=\p{L})/iu, "$1 ")
    .trim()
  return shorten(bare.replace(sparing, "") || text)
}

/** "paid their subs this season" is "paid subs". */
const sparing =
  /(?<=\p{L} )(?:their|his|her|its|my|our) (?=\p{L})|\s+(?:this|last|for the|for this) (?:season|year|month|week|term)$/giu

export function shorten(text: string): string {
  return text
    .replace(/\s+(?:right )?now$/i, "")
    .split(/\s+/)
    .slice(0, 4)
    .join(" ")
}

export const bareVerb = (verb: string) =>
  verb
    .replace(/^watering$/i, "water")
    .replace(/^(?:watered)$/i, "water")
    .replace(/^feeding$|^fed$/i, "feed")
