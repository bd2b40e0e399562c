import { clockAt } from "@vibecaas/kernel/clock"
import { expect, test } from "vitest"
import { makeStarts } from "./starts.ts"

test("stores start in the order in which they first asked", () => {
  const starts = makeStarts(1, clockAt("2026-01-01T00:00:00Z"))
  expect(["a", "b", "c"].map((id) => starts.ask(id))).toEqual([0, 1, 2])
  expect(starts.ask("c")).toBe(2)
  expect(["a", "c", "d"].map((id) => starts.waits(id))).toEqual([false, true, false])
  expect(starts.done("a")).toBe("b")
  expect(starts.ask("c")).toBe(2)
  expect(starts.ask("b")).toBe(0)
  expect(starts.done("b")).toBe("c")
  expect(starts.ask("c")).toBe(0)
})

test("who holds a place keeps it however often it asks", () => {
  const starts = makeStarts(2, clockAt("2026-01-01T00:00:00Z"))
  expect(["a", "b", "c", "a", "b"].map((id) => starts.ask(id))).toEqual([0, 0, 1, 0, 0])
})

test("who has gone away keeps nobody waiting", () => {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const starts = makeStarts(1, clock)
  for (const id of ["a", "gone", "c"]) starts.ask(id)
  clock.advance(61_000)
  starts.done("a")
  expect(starts.ask("c")).toBe(0)
})
