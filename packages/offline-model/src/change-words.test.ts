import { describe, expect, test } from "vitest"
import type { AppSpec } from "./blueprints/index.ts"
import { readChange } from "./read-change.ts"
import { readGoal } from "./read-goal.ts"

const books = specFor("books with title, author, pages and a finished flag")
const clinic = specFor(
  "Vet clinic. Owners with name, phone and email. Pets with name, species and birth date. Visits with date, reason and price. Each visit belongs to a pet.",
)

test.for<[string, AppSpec, string]>([
  ["add breed to pets", clinic, "Adds “breed” to pets."],
  ["add a price in euros", books, "Adds “price” (an amount of money) to books."],
  [
    "add a genre dropdown with fiction, non-fiction, poetry",
    books,
    "Adds “genre” (a choice of fiction, non-fiction, poetry) to books.",
  ],
  [
    "delete the finished flag",
    books,
    "Removes “finished” from books; what was recorded in it stays on disk.",
  ],
  ["remove the filter", books, "Removes the filter by “finished” from the page of books."],
  [
    "remove the list of visits",
    clinic,
    "Removes the list of visits; what was recorded in it stays on disk.",
  ],
  ["rename the app to My Books", books, "Names the app “My Books”."],
  [
    "rename pages to page count",
    books,
    "Renames “pages” of books to “page count”; what was recorded stays.",
  ],
  [
    "add author as a number",
    books,
    "Makes “author” a whole number; values that fit are taken over.",
  ],
  ["make author required", books, "Makes “author” required."],
  ["put author first", books, "Puts “author” first in books."],
  ["pages must be between 1 and 2000", books, "Lets “pages” be at least 1 and at most 2000."],
  ["each pet belongs to an owner", clinic, "Ties each pet to an owner."],
  ["sort by pages, longest first", books, "Sorts books by “pages”, highest first."],
  ["show today's visits", clinic, "Adds a filter by “date” to the page of visits."],
  ["also the publisher", books, "Adds “publisher” to books."],
  ["for each pet, also note the breed", clinic, "Adds “breed” to pets."],
  [
    "remove the link between visits and pets",
    clinic,
    "Removes “pet” from visits; what was recorded in it stays on disk.",
  ],
])("%s → what will be done, claimed by nobody yet", ([wish, spec, said]) => {
  expect(accepted(wish, spec).done).toEqual([said])
})

describe("a new kind of record", () => {
  test.for<[string, string[]]>([
    ["add a second list of magazines with name and issue number", ["name", "issue_number"]],
    ["add magazines with name and issue number", ["name", "issue_number"]],
    ["add a table of magazines: name, city", ["name", "city"]],
    ["track magazines too, with name and city", ["name", "city"]],
    ["add magazines (name, city)", ["name", "city"]],
    ["add magazines with name to each book", ["name", "book"]],
    ["each book has several magazines with name and date", ["name", "book", "date"]],
    ["create a table called magazines with columns name and city", ["name", "city"]],
  ])("%s → a list of its own", ([wish, fields]) => {
    const { spec } = accepted(wish, books)
    expect(spec.entities.map(({ plural }) => plural)).toEqual(["books", "magazines"])
    expect(spec.entities[0]).toEqual(books.entities[0])
    expect(spec.entities[1]?.fields.map(({ name }) => name)).toEqual(fields)
  })

  test("a field that gives way to a link keeps its column on disk", () => {
    const { spec } = accepted("add authors with name; each book belongs to an author", books)
    const link = spec.entities[0]?.fields.find(({ name }) => name === "author")
    expect(link).toMatchObject({ type: "reference", to: "authors", column: "author_2" })
    expect(spec.entities[0]?.retired).toMatchObject([{ column: "author" }])
  })
})

test("a list goes only when all that is to go was found", () => {
  const read = readChange("remove the invoices and pets", clinic)
  expect(read).toMatchObject({
    kind: "refusal",
    reason: expect.stringContaining("There is no “invoices”"),
  })
})

test("what has no owner goes to the records that were spoken of before", () => {
  const { spec } = accepted("rename visits to checks and add a time", clinic)
  expect(spec.entities[2]?.fields.map(({ name }) => name)).toContain("time")
})

test("one field goes to every list that is named", () => {
  const { done } = accepted("add notes to owners, pets and visits", clinic)
  expect(done).toEqual(["owners", "pets", "visits"].map((list) => `Adds “notes” to ${list}.`))
})

test("a field asked for after another stands there", () => {
  const { spec } = accepted("add isbn after title", books)
  expect(spec.entities[0]?.fields.map(({ name }) => name)).toEqual([
    "title",
    "isbn",
    "author",
    "pages",
    "finished",
  ])
})

test("a removed field comes back with its column", () => {
  const { spec } = accepted("remove the author", books)
  const again = accepted("add author back", spec)
  expect(again.done).toEqual(["Brings “author” of books back, with what was recorded in it."])
  expect(again.spec.entities[0]?.fields.at(-1)).toEqual(books.entities[0]?.fields[1])
  expect(again.spec.entities[0]?.retired).toEqual([])
})

test.for<[string, RegExp]>([
  ["undo that", /^I cannot take a change back: .*“remove rating”/],
  ["revert the last change", /^I cannot take a change back/],
  ["go back to the previous version", /^I cannot take a change back/],
  ["make the list blue", /^“make the list blue” is about the look/],
  ["I'd like to see how many books I have read", /^“see how many books I have read” asks to count/],
  ["replace author with a list of authors", /^“a list of authors” is not a name for “author”/],
  ["add author back", /^Books have “author” already/],
  ["add an option audiobook to format", /^There is no “format” in books/],
  ["add hamster to author", /^I could not read “hamster to author”/],
  ["add The Hobbit by Tolkien", /^I could not read “The Hobbit by Tolkien”/],
  ["add 5 books", /add no records myself/],
  ["build a recipe app instead", /describe that one as a new project/],
  ["remove everything", /something must be left/],
  ["books belong to a series of books", /^I did not understand/],
  ["the title field is too short", /^I did not understand “the title field is too short”/],
  ["turn author into a dropdown", /“change author to a choice of new, used”/],
  ["only show unfinished books", /^Books have that filter already/],
])("%s is refused in words about it, and nothing changes", ([wish, reason]) => {
  const read = readChange(wish, books)
  expect(read).toMatchObject({ kind: "refusal", reason: expect.stringMatching(reason) })
  expect(read).toMatchObject({ reason: expect.stringContaining("Nothing was changed.") })
})

test("the example of a refusal works in that very app", () => {
  for (const spec of [books, clinic, accepted("add a rating from 1 to 5", books).spec]) {
    const read = readChange("make it pop", spec)
    const example = read.kind === "refusal" ? read.reason.match(/example “(.+)”/)?.[1] : undefined
    expect(readChange(example ?? "", spec).kind).toBe("change")
  }
})

function specFor(prompt: string): AppSpec {
  const read = readGoal(prompt)
  if (read.kind === "refusal") throw new Error(read.reason)
  return read.spec
}

function accepted(wish: string, spec: AppSpec) {
  const read = readChange(wish, spec)
  if (read.kind === "refusal") throw new Error(read.reason)
  return read
}
