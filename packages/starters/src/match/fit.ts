/** What one starter makes of a prompt: values, and an account of every clause. */
import { isDeepStrictEqual } from "node:util"
import { type DataModel, dataModel } from "@vibecaas/contract/data-model"
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import { modelParameter } from "../files-of.ts"
import { type AccountedClause, accountFor, type PromptAccount } from "./account.ts"
import { type Described, headPhrases, holds } from "./catalogue.ts"
import { withViews } from "./model/read-views.ts"
import { includePhrases } from "./phrases.ts"
import type { ReadValue } from "./read-value.ts"
import { type Reading, readValues } from "./read-values.ts"
import sentences from "./sentences.json" with { type: "json" }
import { carrying, type Prompt, type Token, tokensOf, within } from "./text.ts"

/** What one starter makes of a prompt. */
export interface Fitting {
  parameters: StarterValues
  /** fields of a data model whose type nothing says: they are texts */
  unsure: string[]
  clauses: AccountedClause[]
  filler: string[]
}

/** What part of a prompt's clauses a starter must build to be asked for by a list. */
export const enoughBuilt = 0.5

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
  const said: Prompt = { text: prompt, tokens: tokensOf(prompt, language), language }
  const values = withViewsSaid(said, starter, now)
  const parameters = Object.fromEntries(values.map(({ name, value }) => [name, value]))
  const model = modelIn(starter, { ...now, ...parameters, ...chosen })
  const unsure = values.flatMap((each) => each.unsure)
  const account = accountFor(said, starter, { values, model })
  return { parameters, unsure, ...(now ? account : honestOf(account, starter, said)) }
}

/**
 * The account without the parts of an app that a prompt neither names nor lists most of: what it says by
 * the way it says of another app. A trainer for tables is no poll with points.
 */
function honestOf(
  account: PromptAccount,
  starter: Described,
  { tokens, language }: Pick<Prompt, "tokens" | "language">,
): PromptAccount {
  const built = account.clauses.filter(({ by }) => by.length > 0).length
  const stems = carrying(tokens).map(({ stem }) => stem)
  const isNamed = headPhrases(starter, language).some((phrase) => holds(stems, phrase, language))
  if (isNamed || modelParameter(starter) || built >= enoughBuilt * account.clauses.length)
    return account
  const clauses = account.clauses.map((clause) => ({
    ...clause,
    by: clause.by.filter(({ kind }) => kind === "parameter"),
  }))
  return { ...account, clauses }
}

/** The values that a prompt says, and in its data model the views that it asks for. */
function withViewsSaid(prompt: Prompt, starter: Described, now: Reading["now"]): ReadValue[] {
  const { language } = prompt
  const values = readValues(prompt, starter, now)
  const kept = modelParameter(starter)
  const read = values.find(({ name }) => name === kept?.name)
  const before = dataModel.safeParse(read?.value ?? (kept && now?.[kept.name])).data
  if (!kept || !before) return values
  const said = carrying(openTokens(prompt, values)).map(({ stem }) => stem)
  const asked = includePhrases(starter, language).flatMap(({ needs, phrases }) =>
    needs && phrases.some(({ stems }) => holds(said, stems, language)) ? [needs] : [],
  )
  const value = withViews(before, asked)
  if (isDeepStrictEqual(value, before)) return values
  if (!read) return [...values, { name: kept.name, value, places: [], unsure: [] }]
  return values.map((each) => (each === read ? { ...read, value } : each))
}

/** Words that say no value. */
const openTokens = ({ tokens }: Prompt, values: readonly ReadValue[]): Token[] => {
  const places = values.flatMap((value) => value.places)
  return tokens.filter((each) => !places.some(({ at }) => within(each, at)))
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
