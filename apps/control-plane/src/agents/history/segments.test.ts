import type { Commit } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { expect, test } from "vitest"
import { divide, taskOf } from "./segments.ts"

const task = (letter: string) => `tsk_${letter.repeat(26)}`
const run = (letter: string) => `run_${letter.repeat(26)}` as IdOf<"run">
const runs = new Map([
  [task("a"), run("a")],
  [task("b"), run("a")],
  [task("c"), run("c")],
])

/** Newest first; each is made on the next. A word names the task that made it. */
function history(...made: string[]): Commit[] {
  return made.map((by, at) => ({
    id: String(made.length - at),
    parent: at + 1 < made.length ? String(made.length - at - 1) : null,
    message: by === "" ? "Save" : `Write\n\nStep: ${task(by)}/1/call`,
    author: "Mara",
    at: "2026-01-01T00:00:00Z",
  }))
}
const shape = (commits: Commit[], marks = new Map()) =>
  divide(commits, { marks, runs }).map(({ commits, base, run }) => [
    commits.map(({ id }) => id).join(" "),
    base,
    run?.slice(4, 5) ?? null,
  ])

test("tasks of one run in a row are one version, whoever wrote", () => {
  expect(shape(history("b", "a", "c", "c", ""))).toEqual([
    ["5 4", "3", "a"],
    ["3 2", "1", "c"],
    ["1", null, null],
  ])
})

test("a person's commit between two of a run divides it", () => {
  expect(shape(history("a", "", "a"))).toEqual([
    ["3", "2", "a"],
    ["2", "1", null],
    ["1", null, "a"],
  ])
})

test("a marked version reaches down to its base, also over what looks like a run's", () => {
  const marks = new Map([["4", { base: "1", kind: "push", of: null }]])
  expect(shape(history("a", "a", "", "a"), marks)).toEqual([
    ["4 3 2", "1", null],
    ["1", null, "a"],
  ])
})

test("a task that is not known is a person's words", () => {
  expect(shape(history("x", "x"))).toEqual([
    ["2", "1", null],
    ["1", null, null],
  ])
  expect(taskOf({ message: `Step: ${task("a")}` })).toBeUndefined()
})
