/** A question with what can be answered, "where do we eat? pizza, sushi or tacos", as one line: `Question | one | other`. */
import { isOf, passageOf } from "./clauses.ts"
import { is } from "./model/words.ts"
import { isMark, type Passage, type Prompt, type Token, wordsIn } from "./text.ts"

const begins = new Set([...".!?:;\n"])
const ends = new Set([...".!?;()\n"])
const answerWordsMax = 4

/**
 * Questions whose answers follow them, the last one after "or"; what something is for is a question
 * too: "a poll for the name: Louise, Jules or Camille".
 */
export function questionsIn(prompt: Prompt): { value: string[]; at: Passage }[] {
  const { text, tokens, language } = prompt
  return tokens.flatMap((mark, place) => {
    const asked = askedBefore(prompt, place)
    const answers = answersAfter(tokens.slice(place + 1), language)
    const at = passageOf([...asked.whole, ...answers.flat()])
    const said = passageOf(asked.words)
    if (!(mark.text === "?" || mark.text === ":") || !at || !said || answers.length < 2) return []
    const words = answers.flatMap((answer) => passageOf(answer) ?? [])
    const question = `${text.slice(said.from, said.to)}?`
    const parts = [question, ...words.map(({ from, to }) => text.slice(from, to))]
    const line = parts.map((part) => part.replaceAll(/[\s|]+/g, " ")).join(" | ")
    return [{ value: [line.charAt(0).toUpperCase() + line.slice(1)], at }]
  })
}

/** The words of a question before its mark; before a colon what something is for. */
function askedBefore({ tokens, language }: Prompt, place: number) {
  const before = tokens.slice(0, place)
  const start = before.findLastIndex((each) => begins.has(each.text)) + 1
  if (tokens[place]?.text === "?") return { words: before.slice(start), whole: before.slice(start) }
  const purpose = before.findLastIndex(
    (each, at) =>
      at >= start && (isOf("purposes", each, language) || isOf("about", each, language)),
  )
  if (purpose >= 0) return { words: before.slice(purpose + 1), whole: before.slice(purpose) }
  // "a poll when we meet: Friday or Saturday"
  const asked = before.findLastIndex((each, at) => at > start && isOf("questions", each, language))
  return asked < 0
    ? { words: [], whole: [] }
    : { words: before.slice(asked), whole: before.slice(asked) }
}

/** Nothing when they are not alternatives: a sentence that goes on, or one without "or". */
function answersAfter(after: readonly Token[], language: Prompt["language"]): Token[][] {
  const end = after.findIndex((each) => ends.has(each.text))
  const answers: Token[][] = [[]]
  let hasOr = false
  for (const each of after.slice(0, end < 0 ? undefined : end)) {
    const isOr = is("or", each)
    // The last answer stands behind "or": what comes after it is another wish.
    if (each.text === "," && hasOr && wordsIn(answers.at(-1) ?? []).length > 0) break
    hasOr ||= isOr
    if (each.text === "," || isOr || isOf("and", each, language)) answers.push([])
    else answers.at(-1)?.push(each)
  }
  const said = answers.filter((answer) => wordsIn(answer).length > 0)
  const isAnswer = (answer: Token[]) =>
    answer.length <= answerWordsMax && answer.some((each) => !isMark(each) && !each.small)
  return hasOr && said.every(isAnswer) ? said : []
}
