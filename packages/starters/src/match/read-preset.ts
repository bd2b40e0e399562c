/** The preset that a prompt asks for by name: "tip calculator, split between people". */
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import type { Preset } from "../starter.ts"
import type { Described } from "./catalogue.ts"
import { isOf, partsOf, passageOf } from "./clauses.ts"
import {
  beginsWith,
  carrying,
  isMark,
  isTyped,
  type Passage,
  type Prompt,
  phraseOf,
  type Token,
} from "./text.ts"

interface PresetValue {
  name: string
  value: StarterValues[string]
  places: { at: Passage }[]
  unsure: string[]
}

/**
 * The values of the preset of which a prompt says most; none when it names no preset. The words that
 * ask for it are those of the parameter that carries it.
 */
export function readPreset(
  prompt: Prompt,
  { presets = [] }: Pick<Described, "presets">,
): PresetValue[] {
  const [best] = presets
    .flatMap((preset) => {
      const said = saidOf(preset, prompt)
      return said ? [{ preset, ...said }] : []
    })
    .sort((one, other) => other.weight - one.weight)
  if (!best) return []
  return Object.entries(best.preset.values).map(([name, inLanguages]) => ({
    name,
    value: inLanguages[prompt.language],
    places: name === best.preset.carriedBy ? best.places.map((at) => ({ at })) : [],
    unsure: [],
  }))
}

/** What names it counts more than what it does besides. */
const nameCounts = 3

function saidOf({ words, does }: Preset, { tokens, language }: Prompt) {
  const parts = partsOf(tokens, language)
  const names = heldIn(tokens, words, language)
  // One word names the app in the first words; "a game with a timer" is no timer.
  const first = parts.find((part) => carrying(part).length > 0) ?? []
  const isNamed = heldIn(first, words, language).length > 0 || new Set(names).size > 1
  if (names.length === 0 || !isNamed) return undefined
  // What is left out or kept to some is a wish that no value does.
  const open = parts.filter(
    (part) => !part.some((each) => isOf("negates", each, language) || isOf("only", each, language)),
  )
  const places = open.flatMap((part) => {
    const stems = [...names, ...heldIn(part, does, language)]
    return runsOf(part, (each) => stems.some((stem) => says(each.stem, stem, language)))
  })
  if (places.length === 0) return undefined
  const weight = nameCounts * new Set(names).size + places.length
  return { places, weight }
}

/** The stems of all phrases whose every word some tokens say. */
function heldIn(
  tokens: readonly Token[],
  phrases: Record<StarterLanguage, readonly string[]>,
  language: StarterLanguage,
): string[] {
  const said = tokens.filter((each) => !isMark(each)).map(({ stem }) => stem)
  return [...phrases[language], ...phrases.en]
    .map((phrase) => phraseOf(phrase, language).stems)
    .filter((stems) => stems.every((stem) => said.some((each) => says(each, stem, language))))
    .flat()
}

/** Whether a word is a known one, or begins with it: a "Rechner" is none for loans, though a "Kreditrechner" is one. */
const says = (said: string, known: string, language: StarterLanguage) =>
  isTyped(said, known) || (language === "de" && beginsWith(known, said) && !otherThings.test(said))

/** What compounds with the word for it are besides: a "Rezeptbuch" is no recipe that is worked out. */
const otherThings =
  /(buch|buche|buech|liste|list|sammlung|samml|verwaltung|verwalt|karte|kart|app)$/

/** Passages of tokens that say something, with the small words between, and with those that end a part. */
function runsOf(part: readonly Token[], isSaid: (token: Token) => boolean): Passage[] {
  const runs: Token[][] = [[]]
  for (const each of part) {
    if (isSaid(each)) runs.at(-1)?.push(each)
    else if (!isMark(each) && !each.small) runs.push([])
    else if (runs.at(-1)?.length) runs.at(-1)?.push(each)
  }
  return runs
    .map((run, at) =>
      at === runs.length - 1 ? run : run.slice(0, run.findLastIndex((each) => isSaid(each)) + 1),
    )
    .filter((run) => carrying(run).some(isSaid))
    .flatMap((run) => passageOf(run) ?? [])
}
