import { runAllows, runStates } from "@vibecaas/contract/kinds/agents"
import { expect, test } from "vitest"
import { isActive, mayRetry, runLook, runLooks, taskLook } from "./roles.ts"

test.each(runStates)("buttons and server agree on what a run that is %s allows", (state) => {
  expect(isActive(state)).toBe((runAllows.cancel as readonly string[]).includes(state))
  expect(mayRetry({ state, declined: false })).toBe(
    (runAllows.retry as readonly string[]).includes(state),
  )
})

test("what was declined is shown as that, and there is nothing to try again", () => {
  const run = { state: "failed" as const, declined: true, inquiries: [] }
  expect(runLook(run).word).toBe("Declined")
  expect(taskLook({ state: "succeeded" }, run).word).toBe("Declined")
  expect(mayRetry(run)).toBe(false)
  expect(runLook({ ...run, declined: false })).toBe(runLooks.failed)
})
