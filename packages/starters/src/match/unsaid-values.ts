/** What a new app has in place of defaults: texts in its language, and no example of another product. */
import type { StarterValues } from "@vibecaas/contract/starter-form"
import { wrongWith } from "../check-value.ts"
import { type Described, headPhrases, holds, type Parameter } from "./catalogue.ts"
import { headingIn, headingOf } from "./heading.ts"
import { thingOf } from "./model/loose-list.ts"
import { modelOf, type ReadModel } from "./model/model-of.ts"
import { nameLabel, plainField } from "./model/read-field.ts"
import { withSettings } from "./model/settings.ts"
import { includePhrases } from "./phrases.ts"
import type { ReadValue } from "./read-value.ts"
import { alike, carrying, type Prompt } from "./text.ts"

/** Values that no word of the prompt says: of those that differ from their default. */
export function unsaidValues(
  prompt: Prompt,
  starter: Described,
  read: readonly ReadValue[],
): ReadValue[] {
  const known = new Set(read.map(({ name }) => name))
  const isPurpose = ({ reads }: Parameter) => reads === "purpose"
  const isSaid = starter.parameters.some((each) => isPurpose(each) && known.has(each.name))
  const isNamed = isNamedBy(prompt, starter, isSaid)
  const hasPurpose = isSaid || isNamed
  return starter.parameters.flatMap((parameter): ReadValue[] => {
    const { name, exampleOf } = parameter
    if (known.has(name)) return []
    const kept = parameter.kind === "data_model" ? modelOfHeading(prompt) : undefined
    if (kept)
      return [
        {
          name,
          value: kept.model,
          places: kept.parts.map((part) => ({ at: part.at, part })),
          unsure: [],
        },
      ]
    const heading = isPurpose(parameter)
      ? isNamed && headingOf(prompt, mostOf(parameter))
      : headingFor(prompt, starter, parameter)
    if (heading) return [{ name, value: heading, places: [], unsure: [] }]
    const isOther = exampleOf !== undefined && hasPurpose && !asksFor(prompt, starter, exampleOf)
    const value = isOther ? emptyOf(parameter) : parameter.said?.[prompt.language]
    if (value === undefined || value === parameter.default || wrongWith(parameter, value)) return []
    return [{ name, value, places: [], unsure: [] }]
  })
}

/** The prompt's own first words over an app that is about something: no clause is built by them alone. */
function headingFor(
  prompt: Prompt,
  starter: Described,
  parameter: Parameter,
): StarterValues[string] | undefined {
  if (parameter.reads !== "title" || parameter.kind !== "text") return undefined
  const own = ownWordsIn(prompt, starter)
  return own.includes(true) ? headingOf(prompt, parameter.max) : undefined
}

/** Of each word of the prompt's first ones, whether it says more than the starter's own phrases. */
function ownWordsIn(prompt: Prompt, starter: Described): boolean[] {
  const head = headPhrases(starter, prompt.language).flat()
  return carrying(headingIn(prompt)).map(
    ({ stem }) => !head.some((each) => alike(stem, each, prompt.language)),
  )
}

/** Whether the prompt's first words name what is presented, and not only a page: "landing page for collecting emails". */
function isNamedBy(prompt: Prompt, starter: Described, isSaid: boolean): boolean {
  const [first, ...more] = ownWordsIn(prompt, starter)
  return first === true || (isSaid && more.includes(true))
}

const mostOf = (parameter: Parameter) => ("max" in parameter ? parameter.max : undefined)

/** What keeps records of a thing whose fields nobody said has a name and notes. */
function modelOfHeading(prompt: Prompt): ReadModel | undefined {
  const title = headingIn(prompt)
  const thing = thingOf(title, prompt)
  if (thing.length === 0) return undefined
  const { language } = prompt
  const fields = [plainField(nameLabel[language]), plainField(notesLabel[language], "long_text")]
  const read = modelOf([{ thing, title, fields, at: [] }], prompt)
  return read && withSettings(read, prompt)
}

const notesLabel = { en: "Notes", de: "Notizen", fr: "Notes", es: "Notas" }

function asksFor({ tokens, language }: Prompt, starter: Described, include: string): boolean {
  const said = carrying(tokens).map(({ stem }) => stem)
  const phrases = includePhrases(starter, language).find(({ id }) => id === include)?.phrases ?? []
  return phrases.some(({ stems }) => holds(said, stems, language))
}

const emptyOf = ({ kind }: Parameter): StarterValues[string] => (kind === "list" ? [] : "")
