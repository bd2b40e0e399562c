/** The thing a phrase is about, with words for containers, owners and places taken off. */
import { heldBy, isKnown } from "./known-entities.ts"
import type { Noun } from "./noun-phrase.ts"
import { isAdjective, isPlace, readNoun } from "./noun-phrase.ts"
import type { Phrase } from "./phrases.ts"
import { looksLikeWord } from "./sense.ts"
import { pastForms } from "./word-classes.ts"
import { isPlural, lastWord, singular } from "./words.ts"

/** "Board game shelf" is about board games, "our players' details" about players. */
export function nounOf(phrase: Phrase): Noun | undefined {
  if (/^(?:each|every|per)$/.test(phrase.determiner) && /^application$/i.test(phrase.text))
    return { name: "application", spoken: "application", tail: "", kind: false }
  const kept = beforeHolder(behindPlace(owned(phrase.text).split(" ")))
  const text = kept.join(" ")
  const last = kept.at(-1) ?? ""
  const said = /^(?:each|every|per|my|our)$/.test(phrase.determiner) || isPlural(text)
  const bare = kept.length === 1 && holders.test(text) && !isPlural(text)
  if (
    empty.test(text) ||
    (bare && (!isKnown(text.toLowerCase()) || (phrase.leads !== "" && !said)))
  )
    return undefined
  if (/^\p{L}+ing list$/iu.test(text) && !heldBy(text)) return entryOf(text)
  const modified = kept.length > 1 && holders.test(last)
  // "one messy spreadsheet", "an honest log of what I drink"
  if (modified && (phrase.leads === "of" || manner.test(kept.at(-2) ?? ""))) return undefined
  if (isBe.test(phrase.verb) && phrase.determiner === "" && !isPlural(text)) return undefined
  if (
    greeting.test(text) ||
    (phrase.determiner === "" && kept.length === 1 && pastForms.has(text.toLowerCase()))
  )
    return undefined
  return readNoun(text) ?? readNoun(last) ?? odd(phrase, kept)
}

/** "a waiting list" */
const entryOf = (list: string): Noun => ({
  name: `${list.toLowerCase()} entry`,
  spoken: `${list} entry`,
  tail: "",
  kind: true,
})

/** Words that elsewhere are verbs, "finds" or "a paint list", where they can only be things. */
function odd({ determiner, acts }: Phrase, kept: string[]): Noun | undefined {
  const words = kept.length > 1 && holders.test(kept.at(-1) ?? "") ? kept.slice(0, -1) : kept
  const spoken = words.slice(-2).join(" ")
  if (words.some((word) => manner.test(word) || isAdjective(word))) return undefined
  const thing = determiner !== "" || (acts !== "" && isPlural(spoken))
  if (!thing || never.test(spoken) || !words.every(looksLikeWord)) return undefined
  return { name: singular(spoken.toLowerCase()), spoken, tail: "", kind: words !== kept }
}

/** Whether a phrase is a container and nothing else: "a list", "one messy spreadsheet". */
export function isHolder(phrase: Phrase): boolean {
  return holders.test(lastWord(phrase.text)) && !nounOf(phrase)
}

/** What the app itself is called rather than something it keeps. */
export const isApp = (phrase: Phrase) => apps.test(lastWord(phrase.text))

function behindPlace(words: string[]): string[] {
  const place = words.findIndex((word, at) => at < words.length - 1 && whose.test(word))
  return place < 0 ? words : words.slice(place + 1)
}

/** "tool inventory garage": what stands behind the container says where it is. */
function beforeHolder(words: string[]): string[] {
  const bare =
    words.length > 1 && /^(?:thing|stuff)s?$/i.test(words.at(-1) ?? "") ? words.slice(0, -1) : words
  if (isPlural(bare.join(" "))) return bare
  const holder = bare.findIndex((word, at) => at > 0 && collections.test(word))
  return holder < 0 ? bare : bare.slice(0, holder + 1)
}

/** "our players' details" are players, "the choir's sheet music" is sheet music. */
function owned(text: string): string {
  const [, owner = text, own = ""] = text.match(/^(.*)(?:'s|(?<=s)') (.+)$/) ?? []
  const kept = own === "" || aspects.test(own) ? owner : own
  const words = kept.replace(/'s?$/, "").split(" ")
  const [first = ""] = words
  // "my mums medicines", typed without its apostrophe
  const others =
    words.length > 1 && isPlural(first) && isKin(singular(first)) ? words.slice(1) : words
  const about =
    others.length > 1 && aspects.test(others.at(-1) ?? "") ? others.slice(0, -1) : others
  return about.join(" ")
}

/** Somebody close, of whom no records are kept unless it is said plainly. */
export const isKin = (noun: string) => kin.test(noun)

/** "for my bakery": one place is whose app it is. */
export const isOnePlace = ({ spoken }: Noun) => isPlace(spoken) && !isPlural(spoken)

const kin =
  /\b(?:mum|mom|mother|dad|father|wife|husband|partner|son|daughter|brother|sister|gran|grandma|grandpa|granddad|grandad|grandmother|grandfather|friend|boss|nan|aunt|uncle|cousin|boyfriend|girlfriend|flatmate|roommate|sibling|doctor|secretary|treasurer|chairman|kid|teenager|troop|crew|law|whatsapp group)$/
const collections =
  /^(?:list|log|log ?book|diary|journal|register|registry|catalog(?:ue)?|collection|inventory|directory|archive|spreadsheet|notebook|tracker|rota|ledger|database|db)$/i
const holders =
  /^(?:list|log|log ?book|diary|journal|register|registry|records?|catalog(?:ue)?|collection|inventory|directory|overview|history|archive|index|library|table|database|db|spreadsheet|sheet|notebook|book|chart|ledger|file|tracker|track|place|app|programme|program|page|tool|data|information|info|details|way|rota|schedule|calendar|columns?|fields?|stock|number|kind|type|sort|eye|entry|entries)$/i
const apps = /^(?:app|programme|program|page|tool|place|way|data|information|info)$/i
const whose = /^(?:shop|store|salon|studio|clinic|bakery|club|company|business|firm|surgery)$/i
const aspects = /^(?:details|info|information|data|names?)$/i
const isBe = /^(?:is|are|was|were|be|been|being)$/
/** Words of greeting, that are no things. */
export const greeting =
  /^(?:good (?:morning|evening|afternoon|day)|kia ora|buongiorno|bonjour|hola|ol[aá]|guten tag|ciao|namaste|salut|servus|gr[uü]ezi)$/i
const manner =
  /^(?:messy|google|excel|paper|handwritten|tatty|shared|digital|online|electronic|proper|written|single|separate|second|master|full|complete|official|central|simple|small|little)$/i
const empty =
  /^(?:stock|\p{L}*thing|stuff|law|idea|app idea|order|hand|head|heart|trouble|fun|message|bit|lot|job of|use|case|need|rest|end|start|paper|excel|mess|life|work|school|home|money|purpose|sake|point|fact|addition|total|past|future|(?:losing )?track|columns?|fields?|required|names?|turn|sense|helpful|great|useful|grateful|glad|happy|thankful|keen|lovely|wonderful|ideal)$/iu
const never =
  /^(?:need|want|use|way|look|help|try|let|get|make|do|go|find|find out|read|think|feel|idea|app|list|place|application|system|software|website|people|person|\p{L}+ing)$/iu
