/** What an app is called as a whole: the first words of its prompt that say what it is, "Notes of the choir". */
import { isOf } from "./clauses.ts"
import { is, isFieldWord } from "./model/words.ts"
import { isMark, type Prompt, type Token, wordsIn } from "./text.ts"

const charsMax = 60
const wordsMax = 10
const ends = new Set([...",;:.!?\n()[]|*•–—+="])

/** The words of it; none where the prompt begins with a story. */
export function headingIn(prompt: Pick<Prompt, "tokens" | "language">): Token[] {
  const isNamed = (each: Token) => carries(each) && !isOf("questions", each, prompt.language)
  const first = segmentsOf(prompt).find((segment) => segment.some(isNamed))
  if (!first) return []
  const asked = first.findIndex(
    (each, at) =>
      carries(each) &&
      !is("keeps", each) &&
      !isOf("sites", each, prompt.language) &&
      !isGiving(first, at) &&
      !is("each", each) &&
      !is("each", first[at - 1]),
  )
  // "I want to write down which plant" says what is given, and not what it is.
  const given = first.findIndex((_, at) => isGiving(first, at))
  const isAfter = given >= 0 && (asked < 0 || asked > given)
  if (isAfter && first.slice(given).some(isAsking)) return []
  const thing = first[asked]
  if (isAfter && (!thing || is("units", thing) || isFieldWord(thing))) return []
  const start = asked < 0 ? first.findIndex(carries) : asked
  const rest = first.slice(start)
  const end = rest.findIndex(
    (each, at) =>
      at > 0 &&
      (is("people", each) || endsIt(each, prompt.language) || isGiving(first, start + at)),
  )
  const said = rest.slice(0, end < 0 ? undefined : end)
  const last = said.findLastIndex((each) => !isMark(each) && !isLoose(each, prompt))
  const heading = said.slice(0, last + 1)
  return wordsIn(heading).length > wordsMax ? withoutPurpose(heading, prompt) : heading
}

const isAsking = (each: Token) => is("asking", each)

/** Whether somebody gives something there: "guests write"; "note" alone is a thing. */
const isGiving = (segment: readonly Token[], at: number) => {
  const before = wordsIn(segment.slice(0, at))
  const isThing = is("keeps", segment[at]) && before.some(carries)
  const isOwn = segment[at - 2]?.low === "s"
  return (
    before.length > 0 &&
    is("gives", segment[at]) &&
    !isOwn &&
    !isThing &&
    !is("of", segment[at + 1])
  )
}

/** The words before what it is for, where all are too many. */
function withoutPurpose(heading: Token[], { language }: Pick<Prompt, "language">): Token[] {
  const end = heading.findIndex((each, at) => at > 0 && isOf("purposes", each, language))
  return end > 0 && end <= wordsMax ? heading.slice(0, end) : []
}

/** The same as a text of 60 characters at most. */
export function headingOf({ text, ...prompt }: Prompt, most = charsMax): string | undefined {
  const heading = headingIn(prompt)
  const [first, last] = [heading[0], heading.at(-1)]
  if (!first || !last) return undefined
  const whole = saidIn(text, first, last)
  if (whole.length <= most) return upper(whole)
  const end = heading.findLast((each) => carries(each) && saidIn(text, first, each).length <= most)
  return end && upper(saidIn(text, first, end))
}

const saidIn = (text: string, first: Token, last: Token) =>
  text
    .slice(first.from, last.to)
    .replaceAll(/[\s"“”„«»|]+/g, " ")
    .trim()
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What ends no title: "Einkaufsliste, die" and "2" of "2. Klasse". */
const isLoose = (each: Token, { tokens, language }: Pick<Prompt, "tokens" | "language">) =>
  is("articles", each) ||
  is("courtesy", each) ||
  isOf("own", each, language) ||
  isOf("purposes", each, language) ||
  isOf("and", each, language) ||
  (/^\d+$/.test(each.text) && tokens.some(({ text, from }) => text === "." && from === each.to))

const carries = (each: Token) => !isMark(each) && !each.small

function segmentsOf({ tokens }: Pick<Prompt, "tokens">): Token[][] {
  const segments: Token[][] = [[]]
  for (const each of tokens)
    if (ends.has(each.text)) segments.push([])
    else segments.at(-1)?.push(each)
  return segments
}

/** "with photos" and "where we vote" are parts of it; what it is for belongs to its name. */
const endsIt = (each: Token, language: Prompt["language"]) =>
  isOf("joins", each, language) &&
  !isOf("purposes", each, language) &&
  !isOf("about", each, language)
