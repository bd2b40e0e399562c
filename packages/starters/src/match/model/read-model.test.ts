import { fileURLToPath } from "node:url"
import { type DataModel, fieldTypes } from "@vibecaas/contract/data-model"
import { settleChange } from "@vibecaas/contract/data-model-change"
import { problemsOf } from "@vibecaas/contract/data-model-rules"
import fc from "fast-check"
import { beforeAll, expect, test } from "vitest"
import { readStarters } from "../../read-starters.ts"
import { type Catalogue, makeCatalogue } from "../catalogue.ts"
import { fit } from "../fit.ts"
import { propose, proposeChange } from "../propose.ts"
import words from "./words.json" with { type: "json" }

let catalogue: Catalogue
beforeAll(async () => {
  const folder = fileURLToPath(new URL("../../../../../starters", import.meta.url))
  catalogue = makeCatalogue(await readStarters(folder))
})

const keeper = () => {
  const starter = catalogue.starter("record-keeper")
  if (!starter) throw new Error("the record keeper is there")
  return starter
}
const read = (prompt: string, now?: DataModel) =>
  fit(prompt, keeper(), {
    language: catalogue.languageOf(prompt),
    ...(now ? { now: { model: now } } : {}),
  })
const modelOf = (prompt: string, now?: DataModel) => {
  const { model } = read(prompt, now).parameters
  if (!model) throw new Error(`nothing was read of “${prompt}”`)
  return model as DataModel // readers give models only
}
/** "Books: Title text!, Pages whole_number", one list a line; `!` is needed. */
const inWords = ({ entities }: DataModel) =>
  entities.map(({ labelPlural, fields }) => {
    const said = fields.map(({ label, type, required, ...more }) => {
      const rest = [more.choices?.join("/"), more.to, more.unit].filter(Boolean)
      const bounds = more.min === undefined ? [] : [`${more.min}-${more.max}`]
      return `${label} ${[type, ...rest, ...bounds].join(" ")}${required ? "!" : ""}`
    })
    return `${labelPlural}: ${said.join(", ")}`
  })

test.each([
  [
    "A reading list: books with title, author, pages and a finished flag",
    ["Books: Title text!, Author text, Pages whole_number, Finished flag"],
  ],
  [
    "Bücher mit Titel, Autor, Seitenzahl und Kaufdatum",
    ["Bücher: Titel text!, Autor text, Seitenzahl whole_number, Kaufdatum date"],
  ],
  [
    "une liste de livres avec titre, auteur et nombre de pages",
    ["Livres: Titre text!, Auteur text, Nombre de pages whole_number"],
  ],
  ["libros con título, autor y precio", ["Libros: Título text!, Autor text, Precio money"]],
  [
    "authors with name and birthday; books with title, author, status (unread, reading, done) and a rating from 1 to 5",
    [
      "Authors: Name text!, Birthday date",
      "Books: Title text!, Author reference authors, Status choice Unread/Reading/Done, Rating rating 1-5",
    ],
  ],
  [
    "customers with name and phone number, and orders with date and amount in euros",
    ["Customers: Name text!, Phone number phone", "Orders: Date date!, Amount money EUR"],
  ],
  [
    "boats I lend (name, weight in kg, returned yes/no)",
    ["Boats: Name text!, Weight decimal kg, Returned flag"],
  ],
])("“%s” is read as lists and fields", (prompt, lists) => {
  const model = modelOf(prompt)
  expect(inWords(model)).toEqual(lists)
  expect(problemsOf(model)).toEqual([])
  expect(propose(catalogue, prompt)).toMatchObject({ outcome: "choices", clear: true })
})

test("fields whose type no word says are texts, and named; what no field can hold is not built", () => {
  const { parameters, unsure, clauses } = read(
    "recipes with title, photos, mood and cooking time in min, sorted by title",
  )
  expect(inWords(parameters.model as DataModel)).toEqual([
    "Recipes: Title text!, Mood text, Cooking time decimal min",
  ])
  expect(unsure).toEqual(["Mood"])
  expect(clauses.map(({ words: said, by }) => [said, by.length > 0])).toEqual([
    ["recipes with title", true],
    ["photos", false],
    ["mood and cooking time in min", true],
    ["sorted by title", true],
  ])
})

test.each([
  ["Keep records of bees", ["Bees: Name text!, Notes long_text"]],
  ["Liste meiner Schallplatten", ["Schallplatten: Name text!, Notizen long_text"]],
])("“%s” spells out no fields, and has a name and notes that build no clause", (prompt, lists) => {
  const { parameters, clauses } = read(prompt)
  expect(inWords(parameters.model as DataModel)).toEqual(lists)
  expect(clauses.flatMap(({ by }) => by)).not.toContainEqual(
    expect.objectContaining({ kind: "parameter" }),
  )
})

test("a view that is asked for is in the model when one field alone can make it, and else lacks", () => {
  const one = read("tasks with title and due date. With a calendar")
  expect((one.parameters.model as DataModel).entities[0]?.views).toMatchObject([
    { kind: "table" },
    { kind: "calendar", by: "due_date" },
  ])
  expect(one.clauses.at(-1)).toMatchObject({ by: [{ kind: "include", id: "calendar" }] })
  const two = read("tasks with title, start date and due date. With a calendar")
  expect(two.clauses.at(-1)).toMatchObject({ by: [], lacks: ["calendar"] })
})

const shop = () => modelOf("authors with name; books with title, pages and price")

test.each([
  ["add a field publisher to books", ["Books", "Publisher text"]],
  ["add a rating from 1 to 5 to books", ["Books", "Rating rating 1-5"]],
  ["add a status (open, done) to authors", ["Authors", "Status choice Open/Done"]],
  ["füge das Feld Preis zu authors hinzu", ["Authors", "Preis money"]],
  ["ajoute un champ éditeur à books", ["Books", "Éditeur text"]],
  ["por favor añade el campo fecha a books", ["Books", "Fecha date"]],
] as const)("“%s” adds a field, and nothing else", (prompt, [list, field]) => {
  const before = shop()
  const after = modelOf(prompt, before)
  const added = inWords(after).filter((line, at) => line !== inWords(before)[at])
  expect(added).toEqual([expect.stringMatching(new RegExp(`^${list}: .*, ${field}$`))])
  expect(settleChange(before, after).changes).toHaveLength(1)
  expect(read(prompt, before).clauses.every(({ by }) => by.length > 0)).toBe(true)
})

test.each([
  ["Add a rating from 1 to 5 and sort by it", "Rating"],
  ["Füge eine Bewertung von 1 bis 5 hinzu und sortiere danach", "Bewertung"],
  ["ajoute une note de 1 à 5 et trie par elle", "Note"],
])("“%s” is built as a whole: lists are sorted by every field", (prompt, label) => {
  const books = modelOf("books with title and pages")
  const [entity] = modelOf(prompt, books).entities
  expect(entity?.fields.at(-1)).toMatchObject({ label, min: 1, max: 5 })
  expect(read(prompt, books).clauses.map(({ by }) => by.length)).toEqual([1, 1])
})

test("what the app does already is said to be there", () => {
  const now = { model: modelOf("books with title and pages") }
  expect(proposeChange(catalogue, "sort by pages", { starter: keeper(), now })).toMatchObject({
    outcome: "declined",
    reason: expect.stringContaining("does this already"),
  })
})

test("lists are added, fields removed and renamed, several in one prompt", () => {
  const prompt =
    "add a second list of magazines, remove pages from books and rename price to list price. Make it blue"
  expect(inWords(modelOf(prompt, shop()))).toEqual([
    "Authors: Name text!",
    "Books: Title text!, List price money",
    "Magazines: Name text!",
  ])
  expect(read(prompt, shop()).clauses.map(({ words: said, by }) => [said, by.length > 0])).toEqual([
    ["add a second list of magazines", true],
    ["remove pages from books", true],
    ["rename price to list price", true],
    ["Make it blue", false],
  ])
})

test.each([
  "add a rating",
  "add dark mode",
  "add price to magazines",
  "delete books",
  "remove name",
  "add a login for everybody",
  "books should be sorted",
])("“%s” is no plain change of the model", (prompt) => {
  const now = shop()
  expect(read(prompt, now).parameters).not.toHaveProperty("model")
  expect(
    proposeChange(catalogue, prompt, { starter: keeper(), now: { model: now } }),
  ).toMatchObject({ outcome: "declined" })
})

test("whatever a prompt says, a model that was read is right, and every word is accounted for", () => {
  const word = fc.constantFrom(
    ...["books", "with", "mit", "title", ",", ":", "(", ")", "and", "price", "in", "euros", "from"],
    ...[
      "1",
      "to",
      "5",
      "add",
      "remove",
      "rename",
      "field",
      "list",
      "of",
      "yes",
      "/",
      "no",
      "a",
      ".",
    ],
    ...["Name", "name", "status", "und", "😀", "photos", "-", "id", "hinzu", "\n"],
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 16 }), fc.boolean(), (list, isChange) => {
      const prompt = list.join(" ")
      const { parameters, clauses, filler } = read(prompt, isChange ? shop() : undefined)
      if (parameters.model) expect(problemsOf(parameters.model as DataModel)).toEqual([])
      const said = [...clauses.map((each) => each.words), ...filler].join(" ")
      const wordsOf = (text: string) => new Set(text.match(/[\p{L}\p{N}]+/gu) ?? [])
      expect(wordsOf(said)).toEqual(wordsOf(prompt))
    }),
    { numRuns: 400 },
  )
}, 30_000)

test("the words of types are of types that fields have", () => {
  for (const type of [...Object.keys(words.types), ...Object.keys(words.weak)])
    expect(fieldTypes).toContain(type)
})
