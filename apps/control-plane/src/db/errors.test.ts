import { Fault, fault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { isUniqueViolation, pgCode, translated } from "./errors.ts"

const pgError = (code: string, more: object = {}) =>
  Object.assign(new Error("from the server"), { code, ...more })

test.each([
  ["08006", "unavailable"],
  ["57P01", "unavailable"],
  ["57P03", "unavailable"],
  ["53300", "unavailable"],
  ["25P03", "unavailable"],
  ["ECONNREFUSED", "unavailable"],
  ["40001", "unavailable"],
  ["40P01", "unavailable"],
  ["55P03", "unavailable"],
  ["57014", "unavailable"],
  ["53100", "disk_full"],
])("%s is a retryable fault, %s", (code, expected) => {
  expect(translated(pgError(code))).toMatchObject({ code: expected, retryable: true })
})

test.each(["Connection terminated unexpectedly", "timeout exceeded when trying to connect"])(
  "a lost connection without a code is a retryable fault: %s",
  (message) => {
    expect(translated(new Error(message))).toMatchObject({ code: "unavailable", retryable: true })
  },
)

test("a mistake of ours stays what it is", () => {
  for (const mistake of [pgError("42703"), pgError("23505"), new Error("no such thing")]) {
    expect(translated(mistake)).toBe(mistake)
  }
})

test("a fault stays the fault it is", () => {
  const own = fault("not_found", { say: "Gone.", cause: pgError("08006") })
  expect(translated(own)).toBe(own)
  expect(translated(own)).toBeInstanceOf(Fault)
})

test("the server's code is found in a wrapped error", () => {
  const wrapped = new Error("Failed query", {
    cause: pgError("23505", { constraint: "runs_number" }),
  })
  expect(pgCode(wrapped)).toBe("23505")
  expect(isUniqueViolation(wrapped)).toBe(true)
  expect(isUniqueViolation(wrapped, "runs_number")).toBe(true)
  expect(isUniqueViolation(wrapped, "projects_slug")).toBe(false)
})
