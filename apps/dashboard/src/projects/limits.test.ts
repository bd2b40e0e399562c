import { goalText as goalSchema } from "@vibecaas/contract/kinds/agents"
import { projectName as nameSchema } from "@vibecaas/contract/kinds/projects"
import { expect, test } from "vitest"
import { goalText, projectName } from "./limits.ts"

const cases = ["", " ", "a", "ab", "Reading list", "x".repeat(60), "x".repeat(61), "a\u0007b"]
const goals = ["", "  ", "a", "y".repeat(4000), "y".repeat(4001)]

test.each(cases)("the form says of the name %j what the server says", (name) => {
  expect(projectName(name)).toBe(nameSchema.safeParse(name).error?.issues[0]?.message)
})

test.each(goals)("the form says of a goal what the server says", (goal) => {
  expect(goalText(goal)).toBe(goalSchema.safeParse(goal).error?.issues[0]?.message)
})
