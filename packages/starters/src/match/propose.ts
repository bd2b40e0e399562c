/** What starters can do for a prompt, or in one sentence why nothing can. */
import { isDeepStrictEqual } from "node:util"
import { type DataModel, dataModel } from "@vibecaas/contract/data-model"
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import { modelParameter } from "../files-of.ts"
import { type AccountedClause, accountFor } from "./account.ts"
import { type Catalogue, type Described, type Found, headPhrases, holds } from "./catalogue.ts"
import { isOf } from "./clauses.ts"
import { harms } from "./harm.ts"
import { listsIn } from "./model/read-lists.ts"
import { withViews } from "./model/read-views.ts"
import { is } from "./model/words.ts"
import { reachesOutside } from "./outside.ts"
import { includePhrases } from "./phrases.ts"
import { readPreset } from "./read-preset.ts"
import type { ReadValue } from "./read-value.ts"
import { type Reading, readValues } from "./read-values.ts"
import sentences from "./sentences.json" with { type: "json" }
import { carrying, type Token, tokensOf, within, wordsIn } from "./text.ts"

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

/** What one starter makes of a prompt. */
export interface Fitting {
  parameters: StarterValues
  /** fields of a data model whose type nothing says: they are texts */
  unsure: string[]
  clauses: AccountedClause[]
  filler: string[]
}

const startersMax = 5
/** What of the best one's score another must have to be shown. */
const shownFrom = 0.25
/** What part of a prompt's words a starter must know that it does not name. */
const knownFrom = 0.4
/** What part of them a starter must know that is proposed. */
const knownLeast = 0.25
/** What part of a prompt's clauses a starter must build to be asked for by a list. */
const enoughBuilt = 0.5
/** How much better than the second a first one must be to fit clearly, and what part of the prompt's words it must know. */
const clearFrom = { score: 1.5, known: 0.34 }

/** Finds starters for a new app. */
export function propose(catalogue: Catalogue, prompt: string): Proposed {
  const asked = read(catalogue, prompt)
  const wrong = wrongWith(asked)
  if (wrong) return decline(asked, wrong)
  const { language } = asked
  const found = catalogue.find(prompt, language)
  const [best, second] = found
  if (asked.isQuestion && (!best?.named || prompt.trim().endsWith("?")))
    return decline(asked, "question")
  if (best && isStatement(asked, best.starter)) return decline(asked, "empty")
  const built = best && builtOf(asked, best.starter)
  const keeper = keeperFor(catalogue, asked, { best, built })
  const fits = best && built && isToThePoint(best, built)
  // What others' services do is not what a starter does of which no more than half is built.
  if (!keeper && built && built.words <= enoughBuilt && reachesOutside(asked.tokens, language))
    return decline(asked, "outside")
  // "A site for my joinery with photos" is no wall of photos: what comes later names its parts.
  const isSite = !keeper && isOwnSite(prompt, language) && !(fits && best.namedFirst)
  const site = isSite ? catalogue.site : undefined
  if (!fits && !keeper && !site) return decline(asked, "nothing")
  const shown = found
    .filter(({ score }) => fits && score >= shownFrom * best.score)
    .map(({ starter }) => starter.id)
  const starters = [...new Set([keeper ?? [], site ?? [], shown].flat())].slice(0, startersMax)
  const apart = best && (!second || best.score >= clearFrom.score * second.score)
  const alone =
    fits &&
    !site &&
    best.named &&
    best.known >= clearFrom.known &&
    apart &&
    !isUntold(asked, best.starter)
  return { outcome: "choices", language, starters, clear: keeper !== undefined || alone === true }
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
  { text, tokens, language }: Asked,
  { best, built }: { best: Found | undefined; built: Built | undefined },
): string | undefined {
  const lists = listsIn({ text, tokens, language })
  // What a site of one's own is to have are its parts, and no fields: "website for my café with menu and prices".
  if (lists.length === 0 || isOwnSite(text, language)) return undefined
  if (best?.starter.id === keeper) return keeper
  const isEnough = built && built.clauses > 0 && built.clauses >= enoughBuilt * built.of
  return best?.named && isEnough ? undefined : keeper
}

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
  "harmful" | "intrusion" | "notBuilt" | "otherValue" | "notInModel"
>

interface Asked {
  text: string
  language: StarterLanguage
  tokens: Token[]
  isQuestion: boolean
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

/**
 * What a starter would build of a prompt, with the values that the prompt says outright.
 *
 * @param now values that a project has, which the prompt changes
 * @param chosen values that a person chose instead
 */
export function fit(
  prompt: string,
  starter: Described,
  { language, now, chosen }: Reading & { chosen?: StarterValues | undefined },
): Fitting {
  const values = withViewsSaid(prompt, starter, { language, now })
  const parameters = Object.fromEntries(values.map(({ name, value }) => [name, value]))
  const model = modelIn(starter, { ...now, ...parameters, ...chosen })
  const unsure = values.flatMap((each) => each.unsure)
  return { parameters, unsure, ...accountFor(prompt, starter, { language, values, model }) }
}

/** The values that a prompt says, and in its data model the views that it asks for. */
function withViewsSaid(prompt: string, starter: Described, reading: Reading): ReadValue[] {
  const { language, now } = reading
  const values = readValues(prompt, starter, reading)
  const kept = modelParameter(starter)
  const read = values.find(({ name }) => name === kept?.name)
  const before = dataModel.safeParse(read?.value ?? (kept && now?.[kept.name])).data
  if (!kept || !before) return values
  const said = carrying(openTokens(prompt, { language, values })).map(({ stem }) => stem)
  const asked = includePhrases(starter, language).flatMap(({ needs, phrases }) =>
    needs && phrases.some(({ stems }) => holds(said, stems, language)) ? [needs] : [],
  )
  const value = withViews(before, asked)
  if (isDeepStrictEqual(value, before)) return values
  if (!read) return [...values, { name: kept.name, value, places: [], unsure: [] }]
  return values.map((each) => (each === read ? { ...read, value } : each))
}

/** Words that say no value. */
const openTokens = (
  prompt: string,
  { language, values }: { language: StarterLanguage; values: readonly ReadValue[] },
): Token[] => {
  const places = values.flatMap((value) => value.places)
  return tokensOf(prompt, language).filter((each) => !places.some(({ at }) => within(each, at)))
}

/** What the app would keep. */
export function modelIn(starter: Described, values: StarterValues): DataModel | undefined {
  const kept = modelParameter(starter)
  return kept && dataModel.safeParse(values[kept.name] ?? kept.default).data
}

/** Why a clause is not built, in the prompt's language. */
export const whyNotBuilt = ({ name }: Described, language: StarterLanguage): string =>
  sentences.notBuilt[language].replace("{name}", name[language])

/** Why a clause is not built that a data model with more in it would build. */
export const whyNotInModel = (language: StarterLanguage): string => sentences.notInModel[language]

/** Why a clause is not built that says a value: another one was chosen. @param label the parameter's */
export const whyOtherValue = (label: string, language: StarterLanguage): string =>
  sentences.otherValue[language].replace("{name}", () => label)
