import { projectAllows as contract, projectStates } from "@vibecaas/contract/kinds/projects"
import { expect, test } from "vitest"
import { projectAllows } from "./project-allows.ts"

test.each(projectStates)(
  "buttons and server agree on what a project that is %s allows",
  (state) => {
    for (const action of ["update", "delete"] as const)
      expect(projectAllows(action, state)).toBe(
        (contract[action] as readonly string[]).includes(state),
      )
  },
)
