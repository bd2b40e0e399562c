import { faultStatus, problem } from "@vibecaas/contract/faults"
import { fault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { problemFor } from "./problems.ts"

test.each(Object.entries(faultStatus))("%s is %i and fits the problem's schema", (code, status) => {
  const answer = problemFor(fault(code, { say: "A sentence." }), "req_1")
  expect(answer.status).toBe(status)
  expect(problem.parse(answer.body)).toEqual(answer.body)
})

test("a fault says when to come back; an absent database says so by itself", () => {
  const limited = fault("rate_limited", { say: "Wait.", retryAfterSeconds: 7 })
  expect(problemFor(limited, "req_1").headers["retry-after"]).toBe("7")
  const away = fault("unavailable", { say: "The database does not answer." })
  expect(problemFor(away, "req_1").headers["retry-after"]).toBe("5")
})

test("what is for us only does not leave", () => {
  const secret = fault("model_failed", {
    say: "The model failed.",
    note: "key sk-1",
    cause: "sk-2",
  })
  const thrown = [
    secret,
    new Error("sk-3"),
    "sk-4",
    undefined,
    fault("code_of_nobody", { say: "sk-5" }),
  ]
  for (const error of thrown) expect(JSON.stringify(problemFor(error, "r"))).not.toContain("sk-")
})

test("only what nobody foresaw counts as a bug", () => {
  expect(problemFor(new TypeError("x"), "r")).toMatchObject({ status: 500, bug: true })
  expect(problemFor(fault("model_failed", { say: "x" }), "r").bug).toBe(false)
})
