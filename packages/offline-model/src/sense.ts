/** Is this a wish in English at all? What is not gets a plain answer instead of an app. */

const offer =
  'I build small apps that keep records, for example "A reading list: books with title, author, pages and a finished flag". Say what you want to keep and what to note about each.'

/** A sentence to refuse with, when the text as a whole makes no sense as a wish. */
export function refusalFor(text: string): string | undefined {
  if (!/\p{L}{2}/u.test(text)) return `I found no words in that. ${offer}`
  if (asksOnly(text) || takesBack(text)) return nothingToKeep([])
  if (isForeign(text)) return `I read English only so far. ${offer}`
  return undefined
}

/** A sentence for a text in which no records were found. */
export function nothingToKeep(beyondSentences: string[]): string {
  if (beyondSentences.length > 0) {
    return `That is beyond what I can build. ${beyondSentences.join(" ")} ${offer}`
  }
  return `I found nothing in that which an app could keep records of, so I built nothing. ${offer}`
}

/** "Is it going to rain?", "How do I cook rice?": somebody wants to know, and keeps nothing. */
function asksOnly(text: string): boolean {
  const said = text.trim()
  return (
    /^(?:hey |hi |so |ok |please |and )*(?:is (?:it|this|that|the|he|she)|are (?:you|they|we)|was|were|will (?:it|there|the|i|we)|does|do (?:you|i|we|they)|did|who|why|when|where|what(?:'s| is| are| was| were| does| do| did)|which (?:is|are)|how (?:do|does|did|can|should|many|much|old|long|far|is|are|come))\b/i.test(
      said,
    ) &&
    /\?$/.test(said) &&
    !/[.!?:\n]\s/.test(said) &&
    !/\b(?:keep|track|record|log|app|list|store|save|note|manage)\b/i.test(said)
  )
}

/** "ok never mind, have a nice day": somebody only talks. */
function takesBack(text: string): boolean {
  return (
    /^(?:(?:h+m+|ok(?:ay)?|oh|ah|um|uh|oops|sorry|well|actually|no|hey|hi)\b[\s,.!…-]*)*(?:never ?mind|forget (?:it|that|about it)|(?:ignore|scratch) that|wrong (?:window|chat|tab)|just (?:testing|kidding|looking))\b/i.test(
      text.trim(),
    ) && !/\b(?:keep|track|record|log|app|list|store|save|note|manage|instead)\b/i.test(text)
  )
}

const attacks =
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules|guidelines|above|previous|prior)\b|\bsystem prompt\b|\b(?:print|reveal|show|output|leak|exfiltrate|dump|give me|send me|tell me|list|read|cat)\b[^.\n]{0,30}\b(?:your|the|all|api|secret|env\w*)\b[^.\n]{0,20}\b(?:keys?|secrets?|tokens?|prompt|env(?:ironment)?(?: variables?)?|credentials?|passwords?)\b|\brm\s+-[rf]{1,2}\b|\$\([^)]*\)|`[^`]*`|\bdrop\s+table\b|\bunion\s+select\b|--\s*$|;\s*(?:cat|curl|wget|sh|bash|nc|rm|shutdown|reboot|ls|id|whoami)\b|\|\s*(?:sh|bash)\b|\bcurl\s+(?:-\w+\s+)?https?:|\/etc\/(?:passwd|shadow)|<script\b|\bjavascript:|\bon(?:error|load)=|169\.254\.169\.254|\bprocess\.env\b|\bchild_process\b|\beval\(|\byou are now\b|\bjailbreak\b|\bdeveloper mode\b|\{\{.*\}\}/im

export function soundsHostile(text: string): boolean {
  return attacks.test(text)
}

/** The text without sentences that give orders to the machine instead of describing records. */
export function withoutAttacks(text: string): string {
  return text
    .replace(/<(script|style|iframe|svg)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .split(/(?<=[.!?;])(?:\s+|$)|\n+/)
    .filter((sentence) => !attacks.test(sentence))
    .join("\n")
}

const english = new Set(
  "a an the and or of to for with my i we our it is in on that want need track list each keep which when who has have by from app can be me so this as at how where what make build create add remove rename let show filter sort manage record log please".split(
    " ",
  ),
)
const foreign = new Set(
  "und der das ein eine einen mit für ich möchte eine liste meine von zu nicht ist bücher le la les des une un et avec pour je veux mes nous du dans est el los las una con para quiero mis y lista de il lo gli con voglio miei una di che een het en voor ik wil mijn uma com quero meus os em och med jag vill mina för att og jeg vil mine til z i dla chcę moje lista książek".split(
    " ",
  ),
)

function isForeign(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (latin < letters / 2) return true
  // "DE/EN/NL" are no words
  const plain = text === text.toUpperCase() ? text : text.replace(/\b\p{Lu}{2,}\b/gu, " ")
  const words = plain.toLowerCase().match(/\p{L}+/gu) ?? []
  const own = words.filter((word) => english.has(word)).length
  const other = words.filter((word) => foreign.has(word) && !english.has(word)).length
  return other >= 2 && other > own
}

/** Whether a word could be one: keyboard runs, missing vowels and long consonant knots are not. */
export function looksLikeWord(word: string): boolean {
  if (/^\d\w{0,3}$|^[A-Z]{2,5}s$/.test(word)) return true
  const low = word.toLowerCase().replace(/[^\p{L}]/gu, "")
  if (low.length < 2 || low.length > 24) return false
  if (/[^\p{Script=Latin}]/u.test(low)) return false
  if (
    /asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert[yz]|rtyu|uiop|zxcv|xcvb|cvbn|vbnm|qwe$|^asd|(.)\1\1/.test(
      low,
    )
  )
    return false
  if (
    /^(?:foo|bar|baz|foobar|lorem|ipsum|blah|bla|xyz|abc|test|asd|qux|lol|idk|hmm|stuff|something|anything|everything|nothing|things?)$/.test(
      low,
    )
  )
    return false
  if (low.length > 3 && !/[aeiouyàâäéèêëîïôöùûü]/.test(low)) return false
  return !/[bcdfghjklmnpqrstvwxz]{5,}/.test(low.replace(/ngths?|ghts?|tch|sch|rch|phth/g, "n"))
}
