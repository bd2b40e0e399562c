import { expect, test } from "vitest"
import { carrying } from "../reader/tokens.ts"
import { wordsOf } from "../reader/words.ts"
import { accountFor } from "./account.ts"
import recorded from "./recorded-scores.json" with { type: "json" }
import { type Score, scoreOf } from "./score.ts"
import { promptsOf, type SetName, sets } from "./sets.ts"

// Each set is read once.
const scores = new Map<SetName, Score>()
function scoreFor(set: SetName): Score {
  const score = scores.get(set) ?? scoreOf(promptsOf(set))
  scores.set(set, score)
  return score
}

test.for(sets)("the %s prompts are understood as well as recorded", (set) => {
  const least = recorded[set]
  const { entities, fields, refusals, partial, wronglyRefused } = scoreFor(set)
  expect(entities.expected).toBe(least.entities.expected)
  expect(fields.expected).toBe(least.fields.expected)
  expect(entities.found).toBeGreaterThanOrEqual(least.entities.found)
  expect(fields.found).toBeGreaterThanOrEqual(least.fields.found)
  expect(fields.rightType).toBeGreaterThanOrEqual(least.fields.rightType)
  expect(refusals.honest).toBeGreaterThanOrEqual(least.refusals.honest)
  expect(partial.honest).toBeGreaterThanOrEqual(least.partial.honest)
  expect(wronglyRefused).toBeLessThanOrEqual(least.wronglyRefused)
})

test.for(sets)(
  "no wish of the %s prompts is dropped without a word, or named though built",
  (set) => {
    const { words, misses } = scoreFor(set)
    expect(misses.filter((miss) => /: (?:dropped|named though)/.test(miss))).toEqual([])
    expect(words.all).toBeGreaterThan(300)
  },
)

test("nothing that a set expects is called by words that need no account", () => {
  const names = sets.flatMap((set) =>
    promptsOf(set).flatMap(({ entities, unsupported }) => [
      ...entities.flatMap(({ name, fields }) => [name, ...fields.map((field) => field.name)]),
      ...(unsupported ?? []),
    ]),
  )
  const first = names.map((name) => name.split("|")[0] ?? "")
  expect(
    first.filter((name) => carrying(wordsOf(name).map((low) => ({ low }))).length === 0),
  ).toEqual([])
})

const books = (fields: string[]) => ({
  version: 1 as const,
  name: "Books",
  entities: [
    {
      ...{ name: "book", plural: "books", label: "Book", labelPlural: "Books", filters: [] },
      fields: fields.map((label) => ({
        ...{ name: label.replaceAll(" ", "_"), label, type: "text" as const, required: false },
      })),
    },
  ],
  unsupported: [],
})

test.for<[string, string, string[], string[], string[]]>([
  ["what is built", "books: title, author", ["title", "author"], [], []],
  ["a field that is missing", "books: title, author", ["title"], [], ["author (author)"]],
  ["a field that is named", "books: title, author", ["title"], ["author"], []],
  [
    "words scattered over fields",
    "books: title. author title",
    ["title", "author"],
    [],
    ["author (author title)"],
  ],
  [
    "an item of another list",
    "books: title; films: title",
    ["title"],
    ["films"],
    ["title (once more)"],
  ],
  ["an order that is none", "books: title. sort by title", ["title"], [], ["sort (sort by title)"]],
  [
    "a quote that is used up",
    "books: title, author. author?",
    ["title"],
    ["author"],
    ["author (author)"],
  ],
])("the account sees %s", ([, prompt, fields, notes, dropped]) => {
  expect(accountFor(prompt, books(fields), notes).dropped).toEqual(dropped)
})

test("the account sees what is named as not built and is built", () => {
  const { namedThoughBuilt } = accountFor("books: title, author", books(["title", "author"]), [
    "author",
  ])
  expect(namedThoughBuilt).toEqual(["author"])
})
