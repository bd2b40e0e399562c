import {
  type FaultCode,
  faults,
  problem,
  publicFaultCodes,
  statusOf,
} from "@vibecaas/contract/faults"
import { fault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { problemFor } from "./problems.ts"

test.each(publicFaultCodes)("%s has its status and fits the problem's schema", (code) => {
  const answer = problemFor(fault(code, { say: "A sentence." }), "req_1")
  expect(answer.status).toBe(statusOf(code))
  expect(problem.parse(answer.body)).toEqual(answer.body)
})

test("a fault says when to come back; an absent database says so by itself", () => {
  const limited = fault("rate_limited", { say: "Wait.", retryAfterSeconds: 7 })
  expect(problemFor(limited, "req_1").headers["retry-after"]).toBe("7")
  const away = fault("unavailable", { say: "The database does not answer." })
  expect(problemFor(away, "req_1").headers["retry-after"]).toBe("5")
})

test("what is for us only does not leave", () => {
  const secret = fault("unavailable", {
    say: "The model failed.",
    note: "key sk-1",
    cause: "sk-2",
  })
  const thrown = [
    secret,
    new Error("sk-3"),
    "sk-4",
    undefined,
    fault("guest_lost", { say: "sk-5" }),
  ]
  for (const error of thrown) expect(JSON.stringify(problemFor(error, "r"))).not.toContain("sk-")
})

test.each(Object.entries(faults).filter(([, kept]) => kept === "internal"))(
  "%s, which is for us only, is our mistake when it reaches a client",
  (code) => {
    const kept = fault(code as FaultCode, { say: "A sentence for another part." }) // a key of the list
    expect(problemFor(kept, "r")).toMatchObject({ status: 500, code: "internal", bug: true })
    expect(JSON.stringify(problemFor(kept, "r"))).not.toContain("another part")
  },
)

test("only what nobody foresaw counts as a bug", () => {
  expect(problemFor(new TypeError("x"), "r")).toMatchObject({ status: 500, bug: true })
  expect(problemFor(fault("unavailable", { say: "x" }), "r").bug).toBe(false)
})
