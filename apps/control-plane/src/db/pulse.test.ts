import { expect, test } from "vitest"
import { troubleOf } from "./pulse.ts"

const failure = (code: string) => Object.assign(new Error("it failed"), { code })

test.each([
  ["53100", "its disk is full", false],
  ["25006", "it takes no changes: it is set to read-only, or is a standby", false],
  ["57P03", "it is starting or stopping, or recovers from a crash", false],
  ["53300", "it has no connection left", false],
  ["42P01", "it refuses the platform, or has lost what the platform made", false],
  ["28P01", "it refuses the platform, or has lost what the platform made", false],
  ["40P01", "it is too busy with other changes", false],
  ["ECONNREFUSED", "it does not answer", true],
  ["58P01", "it answers with failures", true],
])("%s is told as “%s”; a restart helps: %s", (code, say, restartHelps) => {
  expect(troubleOf(failure(code))).toMatchObject({ say, restartHelps })
  const wrapped = new Error("the query failed", { cause: failure(code) })
  expect(troubleOf(wrapped)).toMatchObject({ say, restartHelps })
})

test("a silence without a code is a reason to start it again", () => {
  expect(troubleOf(new Error("timeout expired"))).toMatchObject({ restartHelps: true })
})
