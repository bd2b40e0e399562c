import { expect, test } from "vitest"
import { questionsIn } from "./read-questions.ts"
import { tokensOf } from "./text.ts"

test.each([
  [
    "make a poll: where should we go for lunch? pizza, sushi or tacos. everyone can vote once",
    ["Where should we go for lunch? | pizza | sushi | tacos"],
  ],
  [
    "Eine Umfrage: Wann treffen wir uns? Montag oder Dienstag",
    ["Wann treffen wir uns? | Montag | Dienstag"],
  ],
  [
    "an anonymous poll for the baby's name: Louise, Jules or Camille",
    ["The baby's name? | Louise | Jules | Camille"],
  ],
  ["a board, columns: open, doing or done", []],
  ["a poll. can you build it? with votes and charts", []],
  ["a quiz: what is it? it should be fun for all of us or else", []],
])("of “%s” the questions are read whose answers follow", (text, lines) => {
  const language = text.startsWith("Eine") ? "de" : "en"
  const found = questionsIn({ text, tokens: tokensOf(text, language), language })
  expect(found.flatMap(({ value }) => value)).toEqual(lines)
})
