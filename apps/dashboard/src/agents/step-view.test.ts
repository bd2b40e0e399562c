import type { Step } from "@vibecaas/contract/run-step"
import { expect, test } from "vitest"
import { id } from "../testing/numbered.ts"
import { step as stepOf } from "../testing/runs.ts"
import { passes, viewOf } from "./step-view.ts"

const step = (changes: Partial<Step>) =>
  stepOf({ runId: id("run"), taskId: id("tsk"), title: "", ...changes })

test("a command shows what it printed and its exit code", () => {
  const view = viewOf(
    step({
      input: { argv: ["node", "migrate.js"] },
      output: { exitCode: 1, stdout: "a\n", stderr: "b\n" },
    }),
  )
  expect([view.filters, view.text, view.result, view.about]).toEqual([
    ["commands"],
    "a\n\nb",
    "exit 1",
    "node migrate.js",
  ])
})

test("a test run is a test however it is started, and a command all the same", () => {
  for (const filter of ["tests", "commands"] as const)
    expect(passes(step({ input: { argv: ["node", "--test"] } }), filter)).toBe(true)
  expect(passes(step({ input: { argv: ["npm", "test"] } }), "tests")).toBe(true)
  expect(passes(step({ kind: "check", name: "page" }), "tests")).toBe(true)
  expect(passes(step({ input: { argv: ["node", "latest.js"] } }), "tests")).toBe(false)
})

test("an edit shows what it replaced, a refused one why it was refused", () => {
  const input = { path: "a.js", find: "a", replace: "b" }
  const edit = { name: "edit_file", input }
  expect(viewOf(step({ ...edit, linesAdded: 1 })).diff.map(({ kind }) => kind)).toEqual([
    "del",
    "add",
  ])
  const refused = viewOf(step({ ...edit, ok: false, output: { refused: "It is not there." } }))
  expect([refused.diff, refused.text]).toEqual([[], "It is not there."])
})

test("what the model answers and what agents look at is quiet", () => {
  expect(viewOf(step({ kind: "model", name: "blueprints" })).quiet).toBe(true)
  expect(viewOf(step({ kind: "model", ok: false })).quiet).toBe(false)
  expect(viewOf(step({ name: "read_file", output: { content: "x" } })).text).toBe("")
})

test("all that a model said is there where its title is only the beginning", () => {
  const saidBy = (title: string, text: string) =>
    viewOf(step({ kind: "model", title, output: { text, calls: [] } })).said
  expect(saidBy("I read the files…", "I read the files first.\n\nThen I plan.\n")).toBe(
    "I read the files first.\n\nThen I plan.",
  )
  expect(saidBy("I read. Then I plan.", "I read.Then I plan.")).toBe("")
  expect(saidBy("called list_files", "")).toBe("")
})

test("a row in an unknown shape has nothing but its title", () => {
  for (const odd of [null, 7, "text", [1], { argv: 7, exitCode: "0" }])
    expect(viewOf(step({ name: "new_tool", input: odd, output: odd }))).toMatchObject({
      diff: [],
      text: "",
      result: undefined,
    })
})

test("a look at a page shows what the page complained about, and nothing when it did not", () => {
  const look = { name: "look_at_page", input: { path: "/" } }
  const fine = { title: "Books", errors: [], failedRequests: [], console: [] }
  expect(viewOf(step({ ...look, output: fine })).text).toBe("")
  const output = {
    ...{ errors: ["x is not defined"], stepFailed: "Step 1 (click): there is none" },
    failedRequests: [{ method: "GET", url: "/a.js", why: "it answered 404" }],
    console: [
      { level: "error", text: "Oh" },
      { level: "log", text: "fine" },
    ],
  }
  expect(viewOf(step({ ...look, output })).text.split("\n")).toEqual([
    "Step 1 (click): there is none",
    "x is not defined",
    "GET /a.js: it answered 404",
    "Oh",
  ])
})
