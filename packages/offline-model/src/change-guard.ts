/** Whether what somebody wants to add can be the name of a field, or is a sentence about something. */
import { guessType, soundsLikeField } from "./field-types.ts"
import { splitItems } from "./lists.ts"
import { type FieldDraft, readField } from "./read-field.ts"
import { looksLikeWord } from "./sense.ts"

/** said: the item as it was typed; loose: the verb says little ("I want …", "see …") */
export function isFieldName(
  draft: FieldDraft,
  { said, loose }: { said: string; loose: boolean },
): boolean {
  const words = draft.words.toLowerCase()
  const typed = draft.type !== "text"
  const count = words.split(/\s+/).length
  if (count > 5 || (count > 4 && !typed)) return false
  if (
    /^(?:an? )?(?:second|third|separate|different|other|list|table|way|button|page|screen|section|tab|menu|bunch|lot|version|copy|bit)s?(?: of| to| for|$)/.test(
      said.toLowerCase(),
    )
  )
    return false
  const joins = connected(words) && / (?:to|with|after|before|into|by) /.test(words)
  const talks = typed ? joins && !typeWasSaid(draft) : connected(words)
  if (talk.test(words) || talks || /\d \p{L}/u.test(words)) return false
  if (typed || soundsLikeField(words)) return true
  if (loose) return false
  return readable(draft.words)
}

/** Words about the work, the wish or the speaker, which no field is called. */
const talk =
  /\b(?:it|them|me|us|you|i|we|my|your|please|instead|everything|something|anything|nothing|stuff|things?|better|nicer|cooler|feature|features|functionality|magic|support|ability|option to|list of|lists of|table of|dropdown|drop-down|backups?|apps?|sorting|validation|dark theme|light theme|themes?|pagination|paging|dashboard|home ?page|landing page|sidebar|navbar|widget|pop-?up|search (?:bar|box)|(?:comment|contact|about|help) (?:section|page|form)|(?:sample|test|demo|dummy|example) (?:data|records?|entries|content))\b/

const pairs =
  /^(?:date|day|time|year|month|place|country|city|town|point|name|names|number|proof|state|method|type|kind|cause|reason|length|source|quality|size|colou?r|way|range|value|price|cost|unit|level|area|field|title|mode|rate|degree|head|terms|part|quantity|person|scope|line|letter|certificate|board|code|office|means|origin|percentage|share|length|width|height|weight|depth|volume|strength|author|owner|status|stage|series|set|group|course|subject|branch|work|piece|body|school|form|style|condition) of \p{L}+(?: \p{L}+)?$/u

/** "isbn after title", "magazines with name": words that join two things, where one is meant. */
function connected(words: string): boolean {
  if (pairs.test(words)) return false
  if (/^\p{L}+(?:ed|en|t|nd|ld|wn|ne|nk) (?:to|from|by|with|at|in|on|for|until|of)$/u.test(words))
    return false
  return (
    words.includes(" ") &&
    /\b(?:with|of|by|per|after|before|below|above|under|beneath|beside|behind|between|that|which|who|because|so|if|than|but|like|into|onto|from|to|at|as|is|are|was|were|be|can|could|should|must|not|more|less|every|each|all|any|some|many|much|how|when|why|what|first$|last$|back$|again|too|now|here|there|together|automatically|using|via)\b/.test(
      words,
    )
  )
}

function readable(words: string): boolean {
  return words
    .split(/\s+/)
    .every(
      (word) =>
        /^[A-Z0-9]{2,6}$/.test(word) ||
        /^\d+$/.test(word) ||
        (word.length > 1 && word.length < 4) ||
        looksLikeWord(word),
    )
}

const sentence =
  /\b(?:is|are|was|were|does|do|doesn't|don't|isn't|can|can't|cannot|should|must|has|have|too|very|not|works?|fails?)\b/i

/** Every item is one word or has an article, and is what fields are called. */
export function areFieldNames(text: string): boolean {
  const bare = text.replace(
    /^(?:(?:the|an?|new|another|more|extra) )*(?:fields?|columns?)(?: for)?:? /i,
    "",
  )
  const items = splitItems(bare)
  return (
    items.length > 0 &&
    items.every((item) => {
      const named = bare !== text || /^(?:the|an?|another|my) |^\S+$|\bfield$|\(/i.test(item)
      if (!named || sentence.test(item) || item.split(/\s+/).length > 6) return false
      const draft = readField(item)
      return draft !== undefined && isFieldName(draft, { said: item, loose: true })
    })
  )
}

/** A type that was asked for in words, and not guessed from the name. */
export function typeWasSaid(draft: FieldDraft): boolean {
  return guessType(draft.words).type !== draft.type
}
