/** Values of a starter's parameters that a prompt says outright; nothing is guessed. */
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import { wrongWith } from "../check-value.ts"
import type { Described, Parameter } from "./catalogue.ts"
import { readers } from "./readers.ts"
import { type Passage, type Prompt, tokensOf } from "./text.ts"

export interface ReadValue {
  /** the parameter's */
  name: string
  value: StarterValues[string]
  /** the words that say it, with those that announce it */
  at: Passage
}

/** One value each, as far as it fits its parameter; no word is read twice. */
export function readValues(
  text: string,
  { parameters }: Described,
  language: StarterLanguage,
): ReadValue[] {
  const prompt = { text, tokens: tokensOf(text, language), language }
  const read: ReadValue[] = []
  for (const parameter of parameters) {
    const found = readOne(prompt, parameter, read)
    if (found) read.push({ name: parameter.name, ...found })
  }
  return read
}

function readOne(prompt: Prompt, parameter: Parameter, taken: readonly ReadValue[]) {
  const isFree = ({ at }: { at: Passage }) =>
    taken.every((other) => at.to <= other.at.from || at.from >= other.at.to)
  return readers[parameter.kind](prompt, parameter).find(
    (found) => isFree(found) && wrongWith(parameter, found.value) === undefined,
  )
}
