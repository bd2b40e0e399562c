/** What the app that a text asks for is called. */
import { greeting, isKin } from "./head-noun.ts"
import { looksLikeWord } from "./sense.ts"
import { counts, determiners, isVerb, prepositions, pronouns, questions } from "./word-classes.ts"
import { isPlural, labelFor, singular } from "./words.ts"

/**
 * The name a text gives its app: said outright ("called Shelf"), before a colon ("A reading
 * list: …"), or what its first sentence is about ("I run a tiny bakery …"); undefined when it
 * gives none.
 */
export function titleOf(text: string): string | undefined {
  const named = text.match(
    /\b(?:called|named|titled)\s+["']?([A-Z][\p{L}\p{N}]*(?: [A-Z][\p{L}\p{N}]*)*)/u,
  )?.[1]
  if (named) return named
  const [line = ""] = text.trim().split(/\n/)
  const [label, behind] = line.split(/\s*:(?:\s|$)|\s[-–—]\s/u)
  const short = behind !== undefined && label !== undefined && label.split(/\s+/).length <= 9
  return nounIn(short ? label : line)
}

const asking =
  /^(?:(?:please|hi|hello|hey|yo|ok|so|also|thanks|there|just|maybe)\b[,!.]?|(?:can|could|would|will) (?:you|u|we|i)\b(?: please)?|(?:i|we)(?:'d|'m|'re|'ve| am| are| would| have)?(?: (?:really|just|also|currently))*(?: (?:want|need|like|love|wish|looking|trying|going|planning|got))+(?: (?:to|for|have|be able to))*|need|want|(?:build|make|create|develop|design|write|generate|give|get|set up|code|program|help|play)(?: (?:me|us|my \p{L}+))?(?: to)?)\s+/iu
const doing =
  /^(?:(?:i|we|you|my \p{L}+ and i)(?:'m|'re| am| are)? (?:run|running|own|have|manage|managing|keep|keeping|organi[sz]e|organi[sz]ing|coach|teach|collect|help (?:out )?(?:at|in|with)|work (?:at|in|for)|volunteer (?:at|in|for))|(?:to )?(?:keep(?:ing)?(?: (?:track|a record|a list|records|notes|an eye))?|track(?:ing)?|manag(?:e|ing)|logging|log(?= (?:my|our|the|all|every)\b)|record(?:ing)?(?= (?:my|our|the|all|every)\b)|list(?= (?:my|our|the|all|every)\b)|organi[sz](?:e|ing)|catalogu?(?:e|ing)|stor(?:e|ing)|sav(?:e|ing)|collect(?:ing)?|remember|note(?: down)?|write down|monitor(?:ing)?|plan(?= (?:my|our|the)\b))(?: (?:of|on|for|about))?)\s+/iu
const small =
  /^(?:an?|the|my|our|some|all|this|simple|small|little|tiny|basic|nice|personal|new|quick|easy|the many|different|various|own|(?:(?:web|mobile) )?(?:app|application|tool|website|web ?site|site|page|program|system|software|something|place|way)(?: (?:for|to|that|where|of|about|which|like|in which|with which))+)\s+/iu
const stop =
  /[.,;!?:("\n]|\s(?:with|where|that|which|who|whose|so|to|and|or|i|we|they|it|you|in|on|at|from|by|when|because|but|is|are|was|has|have|had|needs?|wants?|should|can|must|keeps?|every|each|as|like|per|than|using|including|without|until|while|if|has|do|does|did|just|always|also|please|thx|be)(?=\s|$)/iu
const collection =
  /^(list|log|database|registry|register|inventory|catalogue?|tracker|directory|collection|diary|journal|overview|planner|ledger|archive|rota|schedule|organi[sz]er)$/iu

/** "inventory for my workshop" is a workshop inventory, "tracker for all of our runs" a run tracker. */
function nounIn(spoken: string): string | undefined {
  const bare = withoutLead(spoken.replace(/[“”]/g, '"').replace(/’/g, "'"))
  const [head = ""] = bare.split(stop)
  const [kind = "", ...about] = head.trim().split(/\s+(?:for|of|about)\s+/iu)
  const thing = withoutLead(`${about[0] ?? ""} `).trim()
  const title =
    thing !== "" && collection.test(kind) && !isKin(thing)
      ? `${singular(thing)} ${kind}`
      : kind.replace(/\s+(?:app|application|website|tool|program|software)$/iu, "")
  return isTitle(title) ? labelFor(title) : undefined
}

/** A wish without politeness, verbs of asking and keeping, articles and "an app for". */
export function withoutLead(spoken: string): string {
  let rest = spoken.trimStart()
  for (let round = 0; round < 12; round++) {
    const next = [asking, doing, small].reduce((text, lead) => text.replace(lead, ""), rest)
    if (next === rest) break
    rest = next
  }
  return rest
}

function isTitle(title: string): boolean {
  const words = title.toLowerCase().split(/\s+/)
  const [first = ""] = words
  const does = words.some((word, at) => at > 0 && isDeed(words[at - 1] ?? "", word, words[at + 1]))
  const opens = [prepositions, determiners, questions, counts].some((kind) => kind.has(first))
  return (
    /^[\p{L}\p{N}][\p{L}\p{N}' &+/-]{1,31}$/u.test(title) &&
    words.length <= 4 &&
    !does &&
    !opens &&
    !words.some((word) => pronouns.has(word) || vague.test(word)) &&
    words.every((word) => looksLikeWord(word) || /^[\d&+-]+$/.test(word)) &&
    !collection.test(title) &&
    !greeting.test(title) &&
    !/^(?:page|tool|website|site)$/i.test(title) &&
    !isKin(title.toLowerCase())
  )
}

/** "people borrow", "my sister bakes cakes": somebody does something, and nothing is named. */
function isDeed(before: string, word: string, next: string | undefined): boolean {
  if (!isVerb(word)) return false
  return isPlural(before) ? !/ing$/.test(word) : /[^s]s$/.test(word) && next !== undefined
}

const vague =
  /^(?:then|laid|things?|stuff|something|everything|app|application|one|like|each|every|i|i'm|we|my|our|your|records?|lot|lots|bit|what|how|who|why|when|where|there|there's|it's|let's|forget|losing|lost|always|please|pls|plz|somewhere|following|message|chance|before|after|two|three|four|five|good|honest|need|want|looking|hi|hello|dear|clone|help|idea)$/
