import { runAllows, runStates } from "@vibecaas/contract/agents"
import { expect, test } from "vitest"
import { isActive, mayRetry } from "./roles.ts"

test.each(runStates)("buttons and server agree on what a run that is %s allows", (state) => {
  expect(isActive(state)).toBe((runAllows.cancel as readonly string[]).includes(state))
  expect(mayRetry(state)).toBe((runAllows.retry as readonly string[]).includes(state))
})
