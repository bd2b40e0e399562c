import { projectStates } from "@vibecaas/contract/kinds/projects"
import fc from "fast-check"
import { expect, test } from "vitest"
import { phases } from "../core/phase.ts"
import { projectStateOf, slugOf } from "./project.ts"

const said = fc.record({
  child: fc.constantFrom("runs", "apps", "machines"),
  phase: fc.constantFrom(...phases),
  detail: fc.constantFrom(null, "2 of 5 tasks", "exit code 1"),
})
const signals = fc.uniqueArray(said, { selector: ({ child }) => child })
const wanted = fc.constantFrom("present" as const, "gone" as const)

test("whatever the children say, there is exactly one state that people see", () => {
  fc.assert(
    fc.property(wanted, signals, (asked, all) =>
      projectStates.includes(projectStateOf(asked, all).state),
    ),
  )
})

test("a project that is wanted gone shows nothing but that", () => {
  fc.assert(fc.property(signals, (all) => projectStateOf("gone", all).state === "deleting"))
})

test("unfinished work is shown before whatever the app does", () => {
  const all = [
    { child: "apps", phase: "up", detail: null },
    { child: "runs", phase: "working", detail: "2 of 5 tasks" },
  ] as const
  expect(projectStateOf("present", all)).toEqual({ state: "working", detail: "2 of 5 tasks" })
})

test("a failed change leaves a running app running, and says so", () => {
  const all = [
    { child: "apps", phase: "up", detail: null },
    { child: "runs", phase: "failed", detail: "x" },
  ] as const
  expect(projectStateOf("present", all)).toEqual({
    state: "running",
    detail: "the last change failed",
  })
})

test("what the last run left out is said beside whatever the app does", () => {
  const runs = { child: "runs", phase: "none", detail: "1 wish not built" } as const
  for (const [phase, state] of [
    ["up", "running"],
    ["stopped", "stopped"],
  ] as const) {
    const all = [{ child: "apps", phase, detail: null }, runs] as const
    expect(projectStateOf("present", all)).toEqual({ state, detail: "1 wish not built" })
  }
})

test("of several apps the one that crashed is shown", () => {
  const all = [
    { child: "apps/a", phase: "up", detail: null },
    { child: "apps/b", phase: "crashed", detail: "exit code 1" },
  ] as const
  expect(projectStateOf("present", all)).toEqual({ state: "crashed", detail: "exit code 1" })
})

test.each([
  ["Reading list", "reading-list"],
  ["  Café Ünïcode!  ", "cafe-unicode"],
  ["a--b__c", "a-b-c"],
  ["admin", "app-admin"],
  ["vm-123", "app-123"],
  ["xn--80ak6aa92e", "app-80ak6aa92e"],
  ["日本語", "app"],
  ["x".repeat(60), "x".repeat(32)],
  [`vm-${"x".repeat(60)}`, `app-${"x".repeat(28)}`],
  [`${"x".repeat(31)} y`, "x".repeat(31)],
])("the host label of %j is %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

test("every name gives a host label that DNS allows and nobody can mistake", () => {
  const label = /^(?!vm-|xn-)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (name) => {
      const slug = slugOf(name)
      return label.test(slug) && !slug.includes("--") && slug.length <= 32
    }),
  )
})
