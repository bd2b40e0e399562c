import { projectName } from "@vibecaas/contract/kinds/projects"
import { expect, test } from "vitest"
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

function planned(title: string): Record<string, unknown> {
  const chosen = { id: "live-board", parameters: { title } }
  const written = { failed: false, value: "began with Live board" }
  const { calls } = planStarter(
    {
      ...{ system: "", prompt: "", told: "", offered: new Set(["use_starter", "plan_tasks"]) },
      uses: [{ name: "use_starter", input: chosen, result: written }],
    },
    { before: null, chosen, account: { clauses: [{ words: "a board" }], filler: [] } },
  )
  return calls[0]?.input ?? {}
}
