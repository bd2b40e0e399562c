import { runStates } from "@vibecaas/contract/kinds/agents"
import { appStates } from "@vibecaas/contract/kinds/microvms"
import { projectStates } from "@vibecaas/contract/kinds/projects"
import fc from "fast-check"
import { expect, test } from "vitest"
import { projectStateOf, slugOf } from "./project.ts"

const observed = fc.record({
  wanted: fc.constantFrom("present" as const, "gone" as const),
  runState: fc.constantFrom(null, ...runStates),
  runDetail: fc.constantFrom(null, "2 of 5 tasks"),
  appState: fc.constantFrom(null, ...appStates),
  appDetail: fc.constantFrom(null, "exit code 1"),
})

test("every observation has exactly one state that people see", () => {
  fc.assert(fc.property(observed, (row) => projectStates.includes(projectStateOf(row).state)))
})

test("a project that is wanted gone shows nothing but that", () => {
  fc.assert(
    fc.property(observed, (row) => projectStateOf({ ...row, wanted: "gone" }).state === "deleting"),
  )
})

test("unfinished work is shown before whatever the app does", () => {
  const row = {
    wanted: "present",
    runState: "running",
    runDetail: "2 of 5 tasks",
    appState: "running",
    appDetail: null,
  } as const
  expect(projectStateOf(row)).toEqual({ state: "working", detail: "2 of 5 tasks" })
})

test("a failed change leaves a running app running, and says so", () => {
  const row = {
    wanted: "present",
    runState: "failed",
    runDetail: "x",
    appState: "running",
    appDetail: null,
  } as const
  expect(projectStateOf(row)).toEqual({ state: "running", detail: "the last change failed" })
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
