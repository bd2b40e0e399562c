import { projectStates } from "@vibecaas/contract/kinds/projects"
import { expect, test } from "vitest"
import { previewOff } from "./preview-off.ts"

const app = (state: "none" | "running", commit: string | null) => ({ state, commit }) as const

test("an app that runs can be opened, also while agents change it", () => {
  for (const state of ["running", "working"] as const)
    expect(previewOff({ state }, app("running", "a"))).toBeUndefined()
})

test("what was never built cannot be opened, and that is said", () => {
  for (const state of ["empty", "failed", "deleting"] as const)
    expect(previewOff({ state }, null)).toMatch(/\.$/)
  for (const none of [null, app("none", null)])
    expect(previewOff({ state: "working" }, none)).toContain("not started")
})

test.each(projectStates)("while the app is not known, %s alone decides", (state) => {
  const off = ["empty", "failed", "deleting"].includes(state)
  expect(previewOff({ state }, undefined) !== undefined).toBe(off)
})
