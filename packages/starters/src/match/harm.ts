/** Whether a prompt would harm others: by words that say so, by getting into what is somebody else's, or behind their back. */
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import sentences from "./sentences.json" with { type: "json" }
import { phrasesOf, setOf, type Token, wordsIn } from "./text.ts"

const { forged, harmful, imitation, intrusion } = sentences

/** How many words apart whose something is stands from what it is, both from the way in, and what is imitated from how. */
const apart = { whose: 6, into: 8, like: 6 }

/** "gets into my exs instagram": a way in or behind somebody's back, near what somebody keeps to themselves. */
export function harms(tokens: readonly Token[], language: StarterLanguage): boolean {
  const said = wordsIn(tokens).map(({ low }) => low)
  const placesOf = (line: string) => {
    const words = setOf(line)
    return said.flatMap((word, at) => (words.has(word) ? [at] : []))
  }
  if (placesOf(harmful[language]).length > 0) return true
  const placesOfAny = (phrases: string) =>
    phrasesOf(phrases).flatMap((phrase) => placesOfPhrase(said, phrase))
  if (placesOfAny(forged[language]).length > 0) return true
  // "looks like the sign-in of a bank": what others' keys are typed into.
  const imitated = placesOf(imitation.of).filter((at) =>
    isNear(at, placesOfAny(imitation.like[language]), apart.like),
  )
  if (placesOf(imitation.keys).some((at) => isNear(at, imitated, apart.like))) return true
  const behind = placesOfAny(intrusion.behind[language])
  if (behind.length > 0 && placesOf(intrusion.watched[language]).length > 0) return true
  const into = [...placesOfAny(intrusion.into[language]), ...behind]
  const whose = placesOf(intrusion.whose[language])
  const others = placesOf(intrusion.what[language]).filter((at) => isNear(at, whose, apart.whose))
  return others.some((at) => isNear(at, into, apart.into))
}

const isNear = (at: number, places: readonly number[], within: number) =>
  places.some((place) => Math.abs(place - at) <= within)

/** Where a phrase ends. */
const placesOfPhrase = (said: readonly string[], phrase: readonly string[]): number[] =>
  said.flatMap((_, at) =>
    phrase.every((word, index) => said[at + index] === word) ? [at + phrase.length - 1] : [],
  )
