import { expect, test } from "vitest"
import { unshownClaims } from "./claims.ts"
import { makeJournal } from "./journal.ts"

const row = (name: string, input: object, output: object) =>
  ({ ...{ name, input, output, ok: true, title: name }, callKey: name, tryNumber: 1 }) as never
const saying = (text: string) => [
  row("run_command", { argv: ["node", "--test"] }, { exitCode: 0, stdout: "ℹ pass 4\n" }),
  row("fetch_page", { path: "/api/books" }, { status: 200, body: "[]" }),
  row("fetch_page ", { path: "/posts", method: "POST" }, { status: 403, body: "" }),
  row("a-model", {}, { content: [{ type: "text", text }] }),
]
const claimsOf = (text: string) =>
  unshownClaims(
    makeJournal({ recorded: saying(text), now: () => new Date(0), write: async () => {} }),
  )

test.each([
  "All 4 tests pass, three of them new.",
  "GET /api/books answered 200 and POST /posts returned 403.",
  "I wrote 9 tests in my head; GET /api/films lists films.",
])("%s is what the calls showed, or no claim", (text) => {
  expect(claimsOf(text)).toEqual([])
})

test.each([
  ["9 tests passed.", "9 tests pass"],
  ["all 12 tests are green", "all 12 tests"],
  ["GET /api/films answered 200", "GET /api/films answered 200"],
  ["POST `/posts` returns 201", "POST `/posts` returns 201"],
])("%s is more than the calls showed", (text, claim) => {
  expect(claimsOf(text)).toEqual([claim])
})
