import { expect, test } from "vitest"
import { logLines } from "./log-lines.ts"

test("each start of an app is a mark between its lines", () => {
  expect(
    logLines(
      "[started at 2026-11-22T10:31:05.120Z]\nlistening\n\n[started at 2026-11-22T10:32:00.000Z]\n",
    ),
  ).toEqual([
    { startedAt: "2026-11-22T10:31:05.120Z" },
    { text: "listening" },
    { text: "" },
    { startedAt: "2026-11-22T10:32:00.000Z" },
  ])
})

test("a line has its time where that is known", () => {
  const at = "2026-11-22T10:31:05.120Z"
  expect(logLines("a\nb\n", [null, at])).toEqual([{ text: "a" }, { text: "b", at }])
})

test("a line that tells of more than a start is a line", () => {
  for (const text of [
    "worker started at 10:32:00",
    "[started at noon]",
    "GET / [started at 2026-11-22T10:32:00.000Z]",
  ])
    expect(logLines(text)).toEqual([{ text }])
})
