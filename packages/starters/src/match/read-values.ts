/** Values of a starter's parameters that a prompt says outright; nothing is guessed. */
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import { wrongWith } from "../check-value.ts"
import type { Described, Parameter } from "./catalogue.ts"
import type { ModelPart } from "./model/model-of.ts"
import { readPreset } from "./read-preset.ts"
import { readers } from "./readers.ts"
import type { Said } from "./said.ts"
import { type Passage, type Prompt, tokensOf, within } from "./text.ts"

export interface ReadValue {
  /** the parameter's */
  name: string
  value: StarterValues[string]
  /** the words that say it, with those that announce it; of a data model, what each asked for */
  places: Place[]
  /** of a data model: fields whose type nothing says */
  unsure: string[]
}

interface Place {
  at: Passage
  part?: ModelPart
}

export interface Reading {
  language: StarterLanguage
  /** the values that a project has, which the prompt changes; none of a new one */
  now?: StarterValues | undefined
}

/** One value each, as far as it fits its parameter; no word is read twice. */
export function readValues(
  text: string,
  starter: Pick<Described, "parameters" | "presets">,
  { language, now }: Reading,
): ReadValue[] {
  const prompt = { text, tokens: tokensOf(text, language), language }
  const preset = readPreset(prompt, starter)
  const read: ReadValue[] = []
  for (const parameter of starter.parameters) {
    const found = readOne({ prompt, now: now?.[parameter.name] }, parameter, [...read, ...preset])
    if (found) read.push({ name: parameter.name, ...found })
  }
  // What the prompt says outright goes before what belongs to its preset.
  const said = new Set(read.map(({ name }) => name))
  return [...preset.filter(({ name }) => !said.has(name)), ...read]
}

function readOne(
  { prompt, now }: { prompt: Prompt; now: unknown },
  parameter: Parameter,
  taken: readonly ReadValue[],
): Omit<ReadValue, "name"> | undefined {
  const others = taken.flatMap(({ places }) => places)
  const isFree = ({ at }: Place) =>
    others.every((other) => at.to <= other.at.from || at.from >= other.at.to)
  const said = readers[parameter.kind](prompt, parameter, now).map((each) => ({
    ...each,
    places: each.shares ? leftOf(each.at, others, prompt) : placesOf(each),
  }))
  const found = said.find(
    ({ places, value }) => places.every(isFree) && wrongWith(parameter, value) === undefined,
  )
  return found && { value: found.value, places: found.places, unsure: found.unsure ?? [] }
}

const placesOf = ({ at, parts }: Said): Place[] =>
  parts ? parts.map((part) => ("table" in part ? { at: part.at, part } : part)) : [{ at }]

/** What other parameters have not taken of a passage, from its beginning on. */
function leftOf(at: Passage, others: readonly Place[], { tokens }: Prompt): Place[] {
  const first = tokens.find(
    (each) => within(each, at) && !others.some((other) => within(each, other.at)),
  )
  return first ? [{ at: { from: first.from, to: at.to } }] : []
}
