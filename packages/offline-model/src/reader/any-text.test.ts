import { Script } from "node:vm"
import fc from "fast-check"
import { expect, test } from "vitest"
import { readAppSpec, renderApp, writeAppSpec } from "../blueprints/index.ts"
import { identifier } from "../blueprints/names.ts"
import { readChange } from "../change/read-change.ts"
import { readGoal } from "./goal.ts"

const pieces = fc.constantFrom(
  ...[
    "track",
    "my",
    "books",
    "with",
    "a",
    "title",
    "and",
    "pages",
    "(a, b)",
    ":",
    ",",
    ".",
    "\n- ",
    "each",
    "has",
    "status",
    "or",
    "rating from 1 to 5",
    "__proto__",
    "constructor",
    "'; DROP TABLE x; --",
    "<b>",
    "$" + "{x}",
    "`",
    "\\",
    "\u0000",
    "é",
    "本",
    "🚀",
    "select",
    "filter by",
    "remove",
    "add",
    "rename",
    "to",
    "?",
    "yes/no",
    "in euros",
    '"',
    "*/",
    "//",
  ],
)
const wishes = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.array(pieces, { maxLength: 40 }).map((words) => words.join(" ")),
  fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 25 })
    .map((words) => `A list of things with ${words.join(", ")}`),
)

const books = specOf("books with title, author and a finished flag")

test("any text is read without an exception, and what comes out is a valid spec", () => {
  fc.assert(
    fc.property(wishes, (text) => {
      const read = readGoal(text)
      if (read.kind === "app") expect(readAppSpec(writeAppSpec(read.spec))).toEqual(read.spec)
      const change = readChange(text, books)
      if (change.kind === "change") {
        expect(readAppSpec(writeAppSpec(change.spec))).toEqual(change.spec)
      }
    }),
    { numRuns: 600 },
  )
})

test("the clauses of a text, built or not, and its filler are all that it says", () => {
  const lettersOf = (words: readonly string[]) =>
    words
      .join("")
      .match(/[\p{L}\p{N}]/gu)
      ?.join("")
  fc.assert(
    fc.property(wishes, (text) => {
      for (const read of [readGoal(text), readChange(text, books)]) {
        if (read.kind === "refusal") continue
        const { clauses, filler } = read.account
        const said = [...clauses.map(({ words }) => words), ...filler]
        expect(lettersOf(said)?.length).toBe(lettersOf([text])?.length)
        for (const words of said) expect(text.replaceAll(/\s+/g, " ")).toContain(words)
      }
    }),
    { numRuns: 600 },
  )
})

test("an identifier is plain ASCII and never a reserved name, whatever it is made from", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      expect(identifier(text)).toMatch(/^(?:|[a-z][a-z0-9_]{0,39})$/)
      expect(["id", "constructor", "prototype", "__proto__"]).not.toContain(identifier(text))
    }),
    { numRuns: 500 },
  )
})

test("every script of a generated app parses, whatever the wish", () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(wishes, (text) => {
      const read = readGoal(text)
      if (read.kind === "refusal") return
      for (const { path, content } of renderApp(read.spec)) {
        if (!path.endsWith(".js") || seen.has(content)) continue
        seen.add(content)
        expect(() => parse(content), path).not.toThrow()
      }
    }),
    { numRuns: 250 },
  )
})

/** The module syntax that a script cannot have is taken off; the rest is parsed as it is. */
function parse(source: string): void {
  const body = source
    .replace(/^import (?:[\s\S]*?from )?".*"$/gm, "")
    .replace(/^export /gm, "")
    .replaceAll("import.meta.url", '""')
  new Script(`(async () => {\n${body}\n})`)
}

function specOf(text: string) {
  const read = readGoal(text)
  if (read.kind === "refusal") throw new Error(read.reason)
  return read.spec
}
