import { expect, test } from "vitest"
import { planWork } from "./plan-work.ts"
import { readGoal } from "./reader/goal.ts"

const goal = readGoal("books with title, author and rating; suggest what to read next")
if (goal.kind === "refusal") throw new Error(goal.reason)
const plan = planWork({
  before: undefined,
  after: goal.spec,
  files: [],
  summary: "Books: an app that keeps books.",
  account: goal.account,
})

test("whoever writes waits for nobody, and the tests wait for all of them", () => {
  expect(plan.tasks.map(({ key, dependsOn }) => [key, dependsOn])).toEqual([
    ["backend", []],
    ["frontend", []],
    ["ai_feature", []],
    ["testing", ["backend", "frontend", "ai_feature"]],
    ["integration", ["testing"]],
  ])
})

test("no file is written by two of those who work at the same time", () => {
  const paths = plan.tasks.flatMap(({ check }) => (check.kind === "files" ? check.paths : []))
  expect(paths.length).toBeGreaterThan(0)
  expect(new Set(paths).size).toBe(paths.length)
})
