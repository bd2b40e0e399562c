import { expect, test } from "vitest"
import { readGoal } from "./goal.ts"

test("what lies beyond a record keeper is said, and the rest is built", () => {
  const spec = specOf(
    "Keep track of expenses (date, amount, category). Email me a summary every week, show a chart, let users log in, and accept payments with Stripe.",
  )
  expect(spec.entities.map(({ name }) => name)).toEqual(["expense"])
  const said = spec.unsupported.join(" ")
  for (const word of ["e-mail", "charts", "accounts", "payments"]) expect(said).toContain(word)
})

test.each([
  "Only I can add books, and my friends log in to see them",
  "customers log in",
  "only my family may see it",
  "Only I can post",
  "visible to me only",
])("a wish about who may do what is never taken for built: %s", (wish) => {
  const read = readGoal(`A reading list: books with title and author. ${wish}.`)
  if (read.kind === "refusal") throw new Error(read.reason)
  const [first, ...rest] = read.account.clauses
  expect(first).toEqual({ words: "A reading list: books with title and author" })
  expect(rest.filter(({ notBuilt }) => notBuilt === undefined)).toEqual([])
  expect(rest.length).toBeGreaterThan(0)
})

test("a chat is answered with the nearest thing or a refusal that names it", () => {
  const read = readGoal("A real-time chat app for my team")
  const said = read.kind === "refusal" ? read.reason : read.spec.unsupported.join(" ")
  expect(said).toContain("chat")
})

test.each(["Notes with title and text", "A notes app with title and text"])(
  "words of keeping can be what is kept: %s",
  (goal) => {
    const [note] = specOf(goal).entities
    expect(note?.name).toBe("note")
    expect(note?.fields.map(({ name }) => name)).toEqual(["title", "text"])
  },
)

test("a refusal says what would work", () => {
  for (const text of [
    "",
    "   ",
    "asdf qwer",
    "🚀",
    "hello",
    "(╯°□°)╯︵ ┻━┻",
    "本のリストを作って",
  ]) {
    const read = readGoal(text)
    expect(read.kind, text).toBe("refusal")
    if (read.kind === "refusal") expect(read.reason).toContain("keep records")
  }
})

test("names that mean something to JavaScript or SQL become harmless ones", () => {
  const spec = specOf(
    "Track prototypes with __proto__, constructor, id, select, group, order, table and toString",
  )
  const names = spec.entities.flatMap(({ fields }) => fields.map(({ name }) => name))
  expect(names).not.toContain("constructor")
  expect(names).not.toContain("id")
  expect(names).not.toContain("__proto__")
})

test("filters and order go to what they name", () => {
  const spec = specOf("Films with title, genre and year. Filter by genre. Newest year first.")
  expect(spec.entities[0]?.filters).toEqual([{ field: "genre" }])
  expect(spec.entities[0]?.sort).toEqual({ field: "year", direction: "desc" })
})

test("a wish for suggestions becomes a rule that says it is one", () => {
  const read = readGoal(
    "Books with title, author, a read flag and a rating from 1 to 5. Suggest the next book from what I rated high.",
  )
  if (read.kind === "refusal") throw new Error(read.reason)
  expect(read.spec.entities[0]?.suggestion).toMatchObject({ open: "read", rating: "rating" })
  expect(read.guesses.join(" ")).toContain("rule")
})

test("an enormous wish is cut to what fits, and says so", () => {
  const many = Array.from({ length: 400 }, (_, index) => `field number ${index} of things`).join(
    ", ",
  )
  const spec = specOf(`Track machines with name, ${many}`)
  expect(JSON.stringify(spec).length).toBeLessThan(8000)
})

function specOf(prompt: string) {
  const read = readGoal(prompt)
  if (read.kind === "refusal") throw new Error(read.reason)
  return read.spec
}
