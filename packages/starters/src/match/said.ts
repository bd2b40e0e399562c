/** What a text says of a parameter. */
import type { StarterValues } from "@vibecaas/contract/starter-form"
import type { ModelPart } from "./model/model-of.ts"
import type { Passage, Prompt } from "./text.ts"

/** A value that a text may say, with the place where it does. */
export interface Said {
  value: StarterValues[string]
  at: Passage
  /** what each passage asked for, of a data model with what it stands for; `at` is the first of them */
  parts?: SaidPart[]
  /** of a data model: fields whose type nothing says */
  unsure?: string[]
  /** whether nothing announces it, so that it is another's whose words do */
  isLoose?: true
  /** whether words that another parameter took may say it too */
  shares?: true
}

/** A passage; of a data model what of it the passage asked for. */
export type SaidPart = ModelPart | { at: Passage }

export const isCapital = /^[\p{Lu}\d]/u

export const isNumber = /^\d+(?:[.,]\d+)?$/

const quotes = /["“„«]\s*([^"“”„«»\n]{1,200}?)\s*["“”»]/gu

/** What stands in quotes, without them. */
export function quotesIn({ text }: Pick<Prompt, "text">): (Said & { value: string })[] {
  return [...text.matchAll(quotes)].map(({ 0: all, 1: value = "", index }) => ({
    value,
    at: { from: index, to: index + all.length },
  }))
}
