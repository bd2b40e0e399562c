import { expect, test } from "vitest"
import { fault, invariant, isFault } from "./fault.ts"

test("a fault has its code, its sentence and its cause, and trying again helps only when it says so", () => {
  const cause = new Error("ECONNREFUSED")
  const broken = fault("unavailable", { say: "Try again soon.", note: "pool is empty", cause })
  expect(broken).toMatchObject({ code: "unavailable", say: "Try again soon.", retryable: false })
  expect(broken.cause).toBe(cause)
  expect(broken.message).toBe("unavailable: Try again soon.")
  expect(fault("unavailable", { say: "…", retryable: true }).retryable).toBe(true)
})

test("only a fault is one, and a code tells them apart", () => {
  const broken = fault("not_found", { say: "There is no such thing." })
  expect(isFault(broken)).toBe(true)
  expect(isFault(broken, "not_found")).toBe(true)
  expect(isFault(broken, "forbidden")).toBe(false)
  for (const other of [new Error("not_found"), { code: "not_found" }, "not_found", undefined])
    expect(isFault(other)).toBe(false)
})

test("an assumption of ours that is wrong is a bug, not a fault", () => {
  expect(() => invariant(true, "holds")).not.toThrow()
  for (const wrong of [false, 0, "", null, undefined]) {
    try {
      invariant(wrong, "a row has an owner")
      expect.unreachable()
    } catch (error) {
      expect(isFault(error)).toBe(false)
      expect(String(error)).toContain("invariant: a row has an owner")
    }
  }
})
