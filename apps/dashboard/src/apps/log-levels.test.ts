import { expect, test } from "vitest"
import { levelsOf } from "./log-levels.ts"

test.each([
  ["TypeError: x is not a function", "error"],
  ["sqlite3.OperationalError: no such table: books", "error"],
  ["Traceback (most recent call last):", "error"],
  ["thread 'main' panicked at src/main.rs:4:5:", "error"],
  ["2026-11-22T10:31:05.120Z ERROR could not listen", "error"],
  ["[error] could not listen", "error"],
  ['{"level":50,"time":1764000000000,"msg":"away"}', "error"],
  ['{"time":"2026-11-22T10:31:05Z","level":"ERROR","msg":"away"}', "error"],
  ["(node:12) ExperimentalWarning: SQLite", "warning"],
  ["WARN  slow query", "warning"],
  ['{"level":40,"msg":"slow"}', "warning"],
  ["GET /errors 200", "other"],
  ["listening on 8080, errors are shown here", "other"],
  ['{"level":30,"msg":"error was mended"}', "other"],
  ["", "other"],
] as const)("“%s” is of the level %s", (text, level) => {
  expect(levelsOf([{ text }])).toEqual([level])
})

test("a stack belongs to its error, until another line or start begins", () => {
  const lines = [
    ...[{ text: "Error: away" }, { text: "    at file.js:1" }, { text: "}" }, { text: "ready" }],
    ...[{ text: "Error: away" }, { startedAt: "2026-11-22T10:32:00.000Z" }, { text: "  ready" }],
  ]
  expect(levelsOf(lines)).toEqual([
    ...["error", "error", "error", "other"],
    ...["error", "other", "other"],
  ])
})
