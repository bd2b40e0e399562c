import { expect, test } from "vitest"
import { addedLines, readPatch, replacementLines } from "./diff.ts"

const short = (lines: ReturnType<typeof readPatch>) =>
  lines.map(({ kind, number, text }) => `${kind} ${number ?? "-"} ${text}`)

test("added lines are numbered as in the new file, removed ones as in the old", () => {
  const patch = "@@ -10,3 +10,4 @@\n a\n-b\n+B\n+C\n d\n@@ -40 +41,2 @@ function x() {\n e\n+f\n"
  expect(short(readPatch(patch))).toEqual([
    "same 10 a",
    "del 11 b",
    "add 11 B",
    "add 12 C",
    "same 13 d",
    "hunk - function x() {",
    "same 41 e",
    "add 42 f",
  ])
})

test("content that looks like a header is content", () => {
  const patch =
    "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- old\n+++ new\n\\ No newline at end of file\n"
  expect(short(readPatch(patch))).toEqual(["del 1 -- old", "add 1 ++ new"])
})

test("an empty patch and a binary one have no lines", () => {
  expect([readPatch(""), readPatch("Binary file")]).toEqual([[], []])
})

test("a replacement shows only what differs as removed and added", () => {
  expect(short(replacementLines("a\nb\nc", "a\nB\nx\nc"))).toEqual([
    "same - a",
    "del - b",
    "add - B",
    "add - x",
    "same - c",
  ])
  expect(short(replacementLines("a", "a\nb"))).toEqual(["same - a", "add - b"])
})

test("a new file has all lines added", () => {
  expect(short(addedLines("x\ny\n"))).toEqual(["add 1 x", "add 2 y"])
})
