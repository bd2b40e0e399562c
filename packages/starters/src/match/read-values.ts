/** Values of a starter's parameters that a prompt says outright; nothing is guessed. */
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import { wrongWith } from "../check-value.ts"
import { announcements } from "./announcements.ts"
import type { Described, Parameter } from "./catalogue.ts"
import { readPreset } from "./read-preset.ts"
import type { ReadPlace, ReadValue } from "./read-value.ts"
import { quoteAfter, readers } from "./readers.ts"
import { quotesIn, type Said } from "./said.ts"
import { type Passage, type Prompt, within } from "./text.ts"
import { unsaidValues } from "./unsaid-values.ts"

export interface Reading {
  language: StarterLanguage
  /** the values that a project has, which the prompt changes; none of a new one */
  now?: StarterValues | undefined
}

/** One value each, as far as it fits its parameter; no word is read twice. */
export function readValues(prompt: Prompt, starter: Described, now: Reading["now"]): ReadValue[] {
  const preset = readPreset(prompt, starter)
  const quoted = announcedQuotes(prompt, starter.parameters)
  const read: ReadValue[] = []
  for (const parameter of starter.parameters) {
    const announced = quoted.flatMap(({ of, at }) => (of === parameter ? [] : [at]))
    const around = { prompt, now: now?.[parameter.name], announced }
    const found = readOne(around, parameter, [...read, ...preset])
    if (found) read.push({ name: parameter.name, ...found })
  }
  // What the prompt says outright goes before what belongs to its preset.
  const said = new Set(read.map(({ name }) => name))
  const all = [...preset.filter(({ name }) => !said.has(name)), ...read]
  return now === undefined ? [...all, ...unsaidValues(prompt, starter, all)] : all
}

/** What stands in quotes right behind the words of a parameter. */
function announcedQuotes(
  prompt: Prompt,
  parameters: readonly Parameter[],
): { of: Parameter; at: Passage }[] {
  if (quotesIn(prompt).length === 0) return []
  const texts = parameters.filter(({ kind }) => kind === "text" || kind === "long_text")
  return texts.flatMap((of) =>
    announcements(prompt, of).flatMap((words) =>
      quoteAfter(prompt, words).map(({ at }) => ({ of, at })),
    ),
  )
}

interface Around {
  prompt: Prompt
  now: unknown
  /** what stands in quotes right behind the words of other parameters */
  announced: readonly Passage[]
}

function readOne(
  { prompt, now, announced }: Around,
  parameter: Parameter,
  taken: readonly ReadValue[],
): Omit<ReadValue, "name"> | undefined {
  const others = taken.flatMap(({ places }) => places)
  const isFree = ({ at }: ReadPlace) =>
    others.every((other) => at.to <= other.at.from || at.from >= other.at.to)
  const isOthers = ({ isLoose, at }: Said) =>
    isLoose === true && announced.some((other) => within(at, other))
  const said = readers[parameter.kind](prompt, parameter, now)
    .filter((each) => !isOthers(each))
    .map((each) => ({
      ...each,
      places: each.shares ? leftOf(each.at, others, prompt) : placesOf(each),
    }))
  const found = said.find(
    ({ places, value }) => places.every(isFree) && wrongWith(parameter, value) === undefined,
  )
  return found && { value: found.value, places: found.places, unsure: found.unsure ?? [] }
}

const placesOf = ({ at, parts }: Said): ReadPlace[] =>
  parts ? parts.map((part) => ("table" in part ? { at: part.at, part } : part)) : [{ at }]

/** What other parameters have not taken of a passage, from its beginning on. */
function leftOf(at: Passage, others: readonly ReadPlace[], { tokens }: Prompt): ReadPlace[] {
  const first = tokens.find(
    (each) => within(each, at) && !others.some((other) => within(each, other.at)),
  )
  return first ? [{ at: { from: first.from, to: at.to } }] : []
}
