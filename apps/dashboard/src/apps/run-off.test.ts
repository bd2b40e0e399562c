import { expect, test } from "vitest"
import { app, commit } from "../testing/machines.ts"
import { runOff } from "./run-off.ts"

const runs = app({ projectId: "prj_00000000000000000000000001" })

test("what runs, or is on its way, need not be asked for", () => {
  expect(runOff(runs, commit("a"))).toBe("This version runs.")
  const switching = { ...runs, commitWanted: commit("b"), state: "starting" } as const
  expect(runOff(switching, commit("b"))).toBe("This version is being started.")
})

test("an earlier version may run, and so may one that crashed, stopped or was taken back", () => {
  expect(runOff(runs, commit("b"))).toBeUndefined()
  for (const state of ["crashed", "stopped"] as const)
    expect(runOff({ ...runs, state }, commit("a"))).toBeUndefined()
  const back = { ...runs, commitWanted: commit("b"), commitRefused: commit("b") }
  expect(runOff(back, commit("b"))).toBeUndefined()
  expect(runOff(back, commit("a"))).toBe("This version runs.")
})
