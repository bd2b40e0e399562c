/** What starters can do for a prompt, or in one sentence why nothing can. */
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import { modelParameter } from "../files-of.ts"
import { type Catalogue, type Described, type Found, headPhrases, holds } from "./catalogue.ts"
import { isOf, partsOf } from "./clauses.ts"
import { enoughBuilt, fit } from "./fit.ts"
import { harms } from "./harm.ts"
import { looseListIn } from "./model/loose-list.ts"
import { listsIn, type ReadList } from "./model/read-lists.ts"
import { is } from "./model/words.ts"
import { isErrand, isImpossible, reachesOutside } from "./outside.ts"
import { readPreset } from "./read-preset.ts"
import sentences from "./sentences.json" with { type: "json" }
import { carrying, type Token, tokensOf, wordsIn } from "./text.ts"

export type Proposed =
  | {
      outcome: "choices"
      language: StarterLanguage
      /** ids of starters, best first */
      starters: string[]
      /** whether the first one clearly fits */
      clear: boolean
    }
  | { outcome: "declined"; language: StarterLanguage; reason: string }

const startersMax = 5
/** What of the best one's score another must have to be shown. */
const shownFrom = 0.25
/** What part of a prompt's words a starter must know that it does not name. */
const knownFrom = 0.4
/** What part of them a starter must know that is proposed. */
const knownLeast = 0.25
/** How much better than the second a first one must be to fit clearly, and what part of the prompt's words it must know. */
const clearFrom = { score: 1.5, known: 0.34 }

/** Finds starters for a new app. */
export function propose(catalogue: Catalogue, prompt: string): Proposed {
  const plain = read(catalogue, prompt)
  const wrong = wrongWith(plain)
  if (wrong) return decline(plain, wrong)
  const asked = spelled(plain)
  const { language } = asked
  const found = catalogue.find(prompt, language)
  const [best, second] = found
  const isSpelledOut = asked.lists.length > 0 || asked.loose !== undefined
  const isAnswered = best?.named || isSpelledOut
  if (asked.isQuestion && (!isAnswered || prompt.trim().endsWith("?")))
    return decline(asked, "question")
  if (!isAnswered && endsAsQuestion(asked)) return decline(asked, "question")
  if (best && isStatement(asked, best.starter)) return decline(asked, "empty")
  if (!isSpelledOut && isErrand(asked.tokens, language)) return decline(asked, "outside")
  const built = best && builtOf(asked, best.starter)
  const keeper = keeperFor(catalogue, asked, { best, built })
  const fits = best && built && isToThePoint(best, built)
  // What others' services do is not what a starter does of which no more than half is built.
  const isNear = !fits && !keeper
  if (!keeper && (built?.words ?? 0) <= enoughBuilt && reachesOutside(asked, isNear ? 2 : 1))
    return decline(asked, "outside")
  if (isImpossible(asked.tokens, language)) return decline(asked, "nothing")
  // "A site for my joinery with photos" is no wall of photos: what comes later names its parts.
  const isSite = !keeper && isOwnSite(prompt, language) && !(fits && best.namedFirst)
  const site = isSite ? catalogue.site : undefined
  const near = fits || keeper || site ? [] : nearTo(catalogue, asked)
  if (!fits && !keeper && !site && near.length === 0) return decline(asked, "nothing")
  const shown = found
    .filter(({ score }) => fits && score >= shownFrom * best.score)
    .map(({ starter }) => starter.id)
  const starters = [...new Set([keeper ?? [], site ?? [], shown, near].flat())].slice(
    0,
    startersMax,
  )
  const apart = best && (!second || best.score >= clearFrom.score * second.score)
  const alone =
    fits &&
    !site &&
    best.named &&
    best.known >= clearFrom.known &&
    apart &&
    !isUntold(asked, best.starter)
  return {
    outcome: "choices",
    language,
    starters,
    clear: (keeper !== undefined && asked.lists.length > 0) || alone === true,
  }
}

/** The nearest by their topics; what is written down or kept, whatever it is, is near what keeps records. */
function nearTo(catalogue: Catalogue, { tokens, language }: Asked): string[] {
  const near = catalogue.near(tokens, language)
  const isKept = tokens.some((each) => is("gives", each) || is("keeps", each))
  return near.length === 0 && isKept && catalogue.keeper ? [catalogue.keeper] : near
}

/**
 * Whether a starter is named, or known by many words, and by one of four at least: "live stock prices of apple
 * and tesla" has only a word of one. Without a name it needs to build something, or most of what is said.
 */
function isToThePoint(found: Found, built: Built): boolean {
  if (Math.max(found.known, built.words) < knownLeast) return false
  if (found.named) return true
  const most = built.clauses > 1 && built.clauses >= enoughBuilt * built.of
  return most || (found.known >= knownFrom && built.clauses > 0)
}

/** "my laptop is broken, how do i fix it?" */
function endsAsQuestion({ text, tokens, language }: Asked): boolean {
  const [first] = wordsIn(partsOf(tokens, language).at(-1) ?? [])
  return text.trim().endsWith("?") && first !== undefined && isOf("questions", first, language)
}

/** Whether it says how something is that a starter is called, "my bill is too high", and asks for none. */
function isStatement({ tokens, language }: Asked, starter: Described): boolean {
  const words = wordsIn(tokens)
  const [first] = words
  const at = words.findIndex((each) => isOf("states", each, language))
  if (!first || at < 0 || !(isOf("own", first, language) || is("articles", first))) return false
  const names = (some: readonly Token[]) => {
    const said = carrying(some).map(({ stem }) => stem)
    return headPhrases(starter, language).some((phrase) => holds(said, phrase, language))
  }
  return names(words.slice(0, at)) && !names(words.slice(at))
}

/** What a starter builds: clauses, of how many, and what part of the words that carry a wish. */
interface Built {
  clauses: number
  of: number
  words: number
}

function builtOf({ text: prompt, tokens, language }: Asked, starter: Described): Built {
  const { clauses } = fit(prompt, starter, { language })
  const built = clauses.filter(({ by }) => by.length > 0)
  // How many or how much says nothing of which app it is.
  const count = (some: readonly Token[]) =>
    carrying(some).filter((each) => !/[\p{N}\p{Sc}]/u.test(each.text)).length
  const words = built.reduce((sum, clause) => sum + count(tokensOf(clause.words, language)), 0)
  return { clauses: built.length, of: clauses.length, words: words / Math.max(count(tokens), 1) }
}

/** Whether it asks for somebody's own site: "a website for my bakery". */
function isOwnSite(prompt: string, language: StarterLanguage): boolean {
  const words = wordsIn(tokensOf(prompt, language))
  const site = words.findIndex((each) => isOf("sites", each, language))
  const after = site < 0 ? [] : words.slice(site + 1, site + 1 + ownWithin)
  const end = after.findIndex(
    (each) => isOf("joins", each, language) && !isOf("purposes", each, language),
  )
  const near = after.slice(0, end < 0 ? undefined : end)
  return near.some((each) => isOf("own", each, language))
}

/** How many fields that are sure make a list of what is said loosely. */
const looseLeast = 2

/** How many words behind that of a site say whose it is. */
const ownWithin = 4

/** Whether it would be just its example, since the prompt spells out nothing to be kept, or names no preset. */
function isUntold({ language, tokens, text }: Asked, starter: Described): boolean {
  if (modelParameter(starter) !== undefined) return true
  const presets = starter.presets ?? []
  return presets.length > 0 && readPreset({ text, tokens, language }, starter).length === 0
}

/**
 * The starter that keeps records, when the prompt spells out the fields of a thing, and the best one
 * would build little of it: "a plant diary: plants with name, place and a photo" asks for no blog.
 */
function keeperFor(
  { keeper }: Catalogue,
  { text, tokens, language, lists, loose }: Spelled,
  { best, built }: { best: Found | undefined; built: Built | undefined },
): string | undefined {
  // What a site of one's own is to have are its parts, and no fields: "website for my café with menu and prices".
  const isForm = tokens.some((each, at) => at > 0 && is("gives", each))
  if (loose) {
    const isOthers =
      best?.starter.id !== keeper && (best?.namedFirst || (best?.named && isEnough(built)))
    return isOthers || (isOwnSite(text, language) && !isForm) ? undefined : keeper
  }
  if (lists.length === 0 || isOwnSite(text, language)) return undefined
  if (best?.starter.id === keeper) return keeper
  // What a calculator reckons with is spelled out like fields.
  if (best?.namedFirst && best.starter.presets) return undefined
  return best?.named && isEnough(built) ? undefined : keeper
}

const isEnough = (built: Built | undefined): boolean =>
  built !== undefined && built.clauses > 0 && built.clauses >= enoughBuilt * built.of

/** Finds what a prompt changes of an app that a starter made. @param now its parameters' values */
export function proposeChange(
  catalogue: Catalogue,
  prompt: string,
  { starter, now }: { starter: Described; now: StarterValues },
): Proposed {
  const asked = read(catalogue, prompt)
  const wrong = wrongWith(asked)
  if (wrong) return decline(asked, wrong)
  const { language } = asked
  const { parameters, clauses } = fit(prompt, starter, { language, now })
  const changes = Object.entries(parameters).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name]),
  )
  if (changes.length > 0)
    return { outcome: "choices", language, starters: [starter.id], clear: true }
  if (asked.isQuestion) return decline(asked, "question")
  const isThere = clauses.length > 0 && clauses.every(({ by }) => by.length > 0)
  return isThere ? decline(asked, "there") : decline(asked, "unchanged", starter)
}

/** The starter that was chosen already, for any prompt that wants something and harms nobody. */
export function proposeChosen(catalogue: Catalogue, prompt: string, id: string): Proposed {
  const asked = read(catalogue, prompt)
  const wrong = wrongWith(asked)
  if (wrong) return decline(asked, wrong)
  return { outcome: "choices", language: asked.language, starters: [id], clear: true }
}

/** Says that no starter made the app that a prompt wants changed. */
export function declineForeign(catalogue: Catalogue, prompt: string): Proposed {
  const asked = read(catalogue, prompt)
  return decline(asked, wrongWith(asked) ?? "foreign")
}

type Reason = Exclude<
  keyof typeof sentences,
  "harmful" | "forged" | "imitation" | "intrusion" | "notBuilt" | "otherValue" | "notInModel"
>

interface Asked {
  text: string
  language: StarterLanguage
  tokens: Token[]
  isQuestion: boolean
}

/** What is asked with the fields that it spells out. */
interface Spelled extends Asked {
  lists: ReadList[]
  /** what is said loosely, where no list is spelled out */
  loose: ReadList | undefined
}

function spelled(asked: Asked): Spelled {
  const lists = listsIn(asked)
  return { ...asked, lists, loose: lists.length > 0 ? undefined : looseListIn(asked, looseLeast) }
}

function read(catalogue: Catalogue, prompt: string): Asked {
  const language = catalogue.languageOf(prompt)
  const tokens = tokensOf(prompt, language)
  const [first] = wordsIn(tokens)
  const isQuestion = first !== undefined && isOf("questions", first, language)
  return { text: prompt, language, tokens, isQuestion }
}

function wrongWith({ language, tokens }: Asked): "empty" | "harm" | undefined {
  if (carrying(tokens).length === 0) return "empty"
  return harms(tokens, language) ? "harm" : undefined
}

const decline = ({ language }: Asked, why: Reason, starter?: Described): Proposed => ({
  ...{ outcome: "declined", language },
  reason: sentences[why][language].replace("{name}", starter?.name[language] ?? ""),
})
