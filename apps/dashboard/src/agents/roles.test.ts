import { runAllows, runStates } from "@vibecaas/contract/kinds/agents"
import { expect, test } from "vitest"
import { isActive, mayRetry, runLook, runLooks, taskLook } from "./roles.ts"

test.each(runStates)("buttons and server agree on what a run that is %s allows", (state) => {
  expect(isActive(state)).toBe((runAllows.cancel as readonly string[]).includes(state))
  expect(mayRetry({ state, declined: false, comparisonId: null })).toBe(
    (runAllows.retry as readonly string[]).includes(state),
  )
})

test("what was declined is shown as that, and there is nothing to try again", () => {
  const alone = { comparisonId: null, provedAt: null }
  const run = { state: "failed" as const, declined: true, inquiries: [], ...alone }
  expect(runLook(run).word).toBe("Declined")
  expect(taskLook({ state: "succeeded" }, run).word).toBe("Declined")
  expect(mayRetry(run)).toBe(false)
  expect(runLook({ ...run, declined: false })).toBe(runLooks.failed)
})

test("a candidate that waits for a choice is proved, and is not tried again once it failed", () => {
  const candidate = { comparisonId: "cmp_1" as const, provedAt: "2026-01-01T00:00:00.000Z" }
  const run = { state: "running" as const, declined: false, inquiries: [], ...candidate }
  expect(runLook(run).word).toBe("Proved")
  expect(runLook({ ...run, state: "partly" })).toBe(runLooks.partly)
  expect(mayRetry({ ...run, state: "failed" })).toBe(false)
})
