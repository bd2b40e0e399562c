import { projectName } from "@vibecaas/contract/kinds/projects"
import { expect, test } from "vitest"
import type { PlannedTask } from "./plan.ts"
import { testStarter } from "./proving-roles.ts"
import { planStarter } from "./starter-plan.ts"

test.each([
  ["a title is the project's name", "Garden club", "Garden club"],
  ["what cannot be seen is left out", "Garden\u200b \u00adclub\u200d", "Garden club"],
  [
    "a long one ends after sixty characters, not within a sign",
    `${"a".repeat(59)}😀b`,
    "a".repeat(59),
  ],
  ["one that has too little left is none", "\u200ba\u200b", undefined],
])("in the plan of a starter %s", (_, title, name) => {
  const input = planned(title)
  expect(input.name).toBe(name)
  if (name !== undefined) expect(projectName.parse(input.name)).toBe(name)
})

test("the tests of a starter are run by the command that the platform tells of it", () => {
  const tests = ["python3", "-m", "unittest", "discover", "-v"]
  const [testing] = planned("Stock", { tests }).tasks as PlannedTask[]
  expect(testing?.check).toEqual({ kind: "command", argv: tests })
  const prompt = `<instructions>\n${testing?.instructions}\n</instructions>`
  const run = testStarter({
    ...{ system: "", prompt, told: prompt, uses: [], offered: new Set(["run_command"]) },
  })
  expect(run.calls).toMatchObject([{ name: "run_command", input: { argv: tests } }])
})

function planned(
  title: string,
  written: object | string = "began with Live board",
): Record<string, unknown> {
  const chosen = { id: "live-board", parameters: { title } }
  const { calls } = planStarter(
    { uses: [{ name: "use_starter", input: chosen, result: { failed: false, value: written } }] },
    { before: null, chosen, account: { clauses: [{ words: "a board" }], filler: [] } },
  )
  return calls[0]?.input ?? {}
}
