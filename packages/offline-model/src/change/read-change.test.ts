import { describe, expect, test } from "vitest"
import type { AppSpec } from "../blueprints/index.ts"
import { readGoal } from "../reader/goal.ts"
import { readChange } from "./read-change.ts"

const books = specFor("books with title, author, pages and a finished flag")
const studio = specFor(
  "clients (name, email) and projects with a client, deadline, budget and status (lead, active, done)",
)

test.for<[string, string]>([
  ["add a rating from 1 to 5", "rating rating"],
  ["Please add notes", "notes long_text"],
  ["add a due date and notes to books", "due_date date, notes long_text"],
  ["each book should have a publisher", "publisher text"],
  ["I also want to store the ISBN", "isbn text"],
  ["can you add a price in euros?", "price money"],
  ["add genre (novel, essay, poetry)", "genre choice"],
  ["add fields: publisher, year", "publisher text, year whole_number"],
  ["Give each book a language and a link", "language text, link url"],
  ["let me mark books as lent", "lent flag"],
])("%s → %s", ([wish, added]) => {
  expect(addedTo(books, wish)).toBe(added)
})

describe("fields that exist", () => {
  test("a renamed field keeps its column, its place and its filter", () => {
    const next = changed("rename finished to done", books)
    const field = next.entities[0]?.fields.at(-1)
    expect(field).toMatchObject({ name: "done", label: "Done", column: "finished" })
    expect(next.entities[0]?.filters).toEqual([{ field: "done" }])
  })
  test("renaming back and forth ends where it began", () => {
    const there = changed("rename pages to page count", books)
    const back = changed("rename page count to pages", there)
    expect(back.entities[0]?.fields).toEqual(books.entities[0]?.fields)
  })
  test("a removed field leaves its column reserved, and adding it again brings it back", () => {
    const without = changed("remove the author", books)
    expect(fieldsOf(without)).not.toContain("author")
    expect(without.entities[0]?.retired).toMatchObject([{ column: "author" }])
    const again = changed("add author", without)
    expect(again.entities[0]?.fields.at(-1)).toMatchObject({ name: "author", type: "text" })
    expect(again.entities[0]?.fields.at(-1)?.column).toBeUndefined()
    const other = changed("add author (number)", without)
    expect(other.entities[0]?.fields.at(-1)).toMatchObject({ name: "author", column: "author_2" })
  })
  test("optional and needed", () => {
    expect(changed("make title optional", books).entities[0]?.fields[0]?.required).toBe(false)
    expect(changed("make author required", books).entities[0]?.fields[1]?.required).toBe(true)
  })
  test("a new type gets a column of its own and takes over what fits", () => {
    const next = changed("change pages to text", books)
    expect(next.entities[0]?.fields[2]).toMatchObject({
      type: "text",
      copyFrom: "pages",
      column: "pages_text",
    })
  })
  test("choices grow", () => {
    const next = changed("add paused as a status", studio)
    expect(next.entities[1]?.fields.at(-1)?.choices).toEqual(["lead", "active", "done", "paused"])
  })
})

test("several wishes in one sentence are all done", () => {
  const next = changed("add a rating from 1 to 5 and remove the pages, then sort by rating", books)
  expect(fieldsOf(next)).toEqual(["title", "author", "finished", "rating"])
  expect(next.entities[0]?.sort).toMatchObject({ field: "rating" })
})

test("filters and order", () => {
  expect(changed("let me filter by author", books).entities[0]?.filters).toContainEqual({
    field: "author",
  })
  expect(changed("sort by pages", books).entities[0]?.sort).toEqual({
    field: "pages",
    direction: "asc",
  })
  expect(changed("sort the projects by deadline", studio).entities[1]?.sort).toEqual({
    field: "deadline",
    direction: "asc",
  })
})

test("a field goes to the records it names", () => {
  const next = changed("add a phone number to clients", studio)
  expect(next.entities[0]?.fields.at(-1)).toMatchObject({ name: "phone_number", type: "phone" })
  expect(next.entities[1]).toEqual(studio.entities[1])
})

test("a new kind of record has a list of its own", () => {
  const next = changed("add a list of publishers", books)
  expect(next.entities.map(({ plural }) => plural)).toEqual(["books", "publishers"])
  const with2 = changed("also track members with name and email", books)
  expect(with2.entities[1]?.fields.map(({ name }) => name)).toEqual(["name", "email"])
})

test.for([
  "make it pop",
  "asdf",
  "what is the weather?",
  "rename colour to shade",
  "remove the engine",
  "",
])("%s changes nothing and names what can be changed", (wish) => {
  const read = readChange(wish, books)
  expect(read.kind).toBe("refusal")
})

test("what a step that is done says more is named", () => {
  const read = readChange("add a rating from 1 to 5 with fireworks", books)
  expect(read).toMatchObject({ kind: "change" })
  expect(leftIn(read)).toEqual([expect.stringContaining("fireworks")])
})

test.for([
  "add a rating from 1 to 5",
  "rename pages to page count",
  "sort by pages",
  "remove the author",
  "make title optional",
  "change pages to text",
])("%s leaves nothing to name", (wish) => {
  expect(readChange(wish, books)).toMatchObject({ kind: "change" })
  expect(leftIn(readChange(wish, books))).toEqual([])
})

test("a picture is refused with what could be kept instead", () => {
  const read = readChange("I'd like to add a cover photo", books)
  expect(read).toMatchObject({ kind: "refusal" })
  if (read.kind === "refusal") expect(read.reason).toContain("a link to one can be kept")
})

test("what is beyond a record keeper is said while the rest is done", () => {
  const read = readChange("add a rating from 1 to 5 and send me an email every week", books)
  expect(read).toMatchObject({ kind: "change" })
  expect(leftIn(read)).toEqual(["send me an email every week"])
})

function leftIn(read: ReturnType<typeof readChange>): string[] {
  if (read.kind === "refusal") return [read.reason]
  return read.account.clauses.flatMap((each) => (each.notBuilt === undefined ? [] : [each.words]))
}

function specFor(prompt: string): AppSpec {
  const read = readGoal(prompt)
  if (read.kind === "refusal") throw new Error(read.reason)
  return read.spec
}

function changed(wish: string, spec: AppSpec): AppSpec {
  const read = readChange(wish, spec)
  if (read.kind === "refusal") throw new Error(read.reason)
  return read.spec
}

function addedTo(spec: AppSpec, wish: string): string {
  const before = new Set(fieldsOf(spec))
  const fields = changed(wish, spec).entities[0]?.fields ?? []
  return fields
    .filter(({ name }) => !before.has(name))
    .map(({ name, type }) => `${name} ${type}`)
    .join(", ")
}

function fieldsOf(spec: AppSpec): string[] {
  return spec.entities[0]?.fields.map(({ name }) => name) ?? []
}
