import { Fault, fault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { pgCode, translated, translatedCommit } from "./errors.ts"

const pgError = (code: string) => Object.assign(new Error("from the server"), { code })

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

test.each(["22021", "22P05", "22008", "22003"])(
  "%s, a value that PostgreSQL cannot keep, is the caller's to change",
  (code) => {
    expect(translated(pgError(code))).toMatchObject({ code: "malformed", retryable: false })
  },
)

test.each(["Connection terminated unexpectedly", "timeout exceeded when trying to connect"])(
  "a lost connection without a code is a retryable fault: %s",
  (message) => {
    expect(translated(new Error(message))).toMatchObject({ code: "unavailable", retryable: true })
  },
)

test("a mistake of ours stays what it is", () => {
  // The last two are a missing file's and a missing program's: not the database's.
  const codes = ["42703", "23505", "ENOENT", "EACCES"]
  for (const mistake of [...codes.map(pgError), new Error("no such thing")]) {
    expect(translated(mistake)).toBe(mistake)
  }
})

test("a fault stays the fault it is", () => {
  const own = fault("not_found", { say: "Gone.", cause: pgError("08006") })
  expect(translated(own)).toBe(own)
  expect(translated(own)).toBeInstanceOf(Fault)
})

test("after a connection that broke in a commit nobody claims that nothing was changed", () => {
  const lost = translatedCommit(pgError("ECONNRESET"))
  expect(lost).toMatchObject({ code: "unavailable", retryable: true })
  expect(lost).toMatchObject({ say: expect.stringContaining("It may have been made") })
  expect(translatedCommit(pgError("40001"))).toMatchObject({
    say: expect.stringContaining("Nothing was changed"),
  })
})

test("the server's code is found in a wrapped error", () => {
  expect(pgCode(new Error("Failed query", { cause: pgError("23505") }))).toBe("23505")
})
