/** What a new app has in place of defaults: texts in its language, and no example of another product. */
import type { StarterValues } from "@vibecaas/contract/starter-form"
import { wrongWith } from "../check-value.ts"
import { type Described, holds, type Parameter } from "./catalogue.ts"
import { includePhrases } from "./phrases.ts"
import type { ReadValue } from "./read-value.ts"
import { carrying, type Prompt } from "./text.ts"

/** Values that no word of the prompt says: of those that differ from their default. */
export function unsaidValues(
  prompt: Prompt,
  starter: Described,
  read: readonly ReadValue[],
): ReadValue[] {
  const known = new Set(read.map(({ name }) => name))
  const hasPurpose = starter.parameters.some(
    ({ name, reads }) => reads === "purpose" && known.has(name),
  )
  return starter.parameters.flatMap((parameter) => {
    const { name, exampleOf } = parameter
    if (known.has(name)) return []
    const isOther = exampleOf !== undefined && hasPurpose && !asksFor(prompt, starter, exampleOf)
    const value = isOther ? emptyOf(parameter) : parameter.said?.[prompt.language]
    if (value === undefined || value === parameter.default || wrongWith(parameter, value)) return []
    return [{ name, value, places: [], unsure: [] }]
  })
}

function asksFor({ tokens, language }: Prompt, starter: Described, include: string): boolean {
  const said = carrying(tokens).map(({ stem }) => stem)
  const phrases = includePhrases(starter, language).find(({ id }) => id === include)?.phrases ?? []
  return phrases.some(({ stems }) => holds(said, stems, language))
}

const emptyOf = ({ kind }: Parameter): StarterValues[string] => (kind === "list" ? [] : "")
