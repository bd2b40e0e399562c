import { expect, test } from "vitest"
import type { AppRow } from "./app.ts"
import { nextStep, type SeenMachine } from "./next-step.ts"
import { after, alive, row, start } from "./testing/app-rows.ts"

const step = (change: Partial<AppRow>, seen: SeenMachine, ms = 0) =>
  nextStep({ ...row, ...change }, seen, after(ms))

/** A draft whose project has a dev server, which runs. */
const dev = {
  purpose: "draft",
  draftOf: "run_1",
  follows: { branch: null },
  script: "dev",
} as const
const shows = (commit: string, seen = alive("listening"), script: AppRow["script"] = "dev") =>
  ({ ...seen, shows: { commit, script } }) as SeenMachine

test("a dev server gets the files of the next commit while it runs, and is started where it does not", () => {
  expect(step(dev, shows("c1"))).toMatchObject({ do: "rest" })
  expect(step(dev, shows("c2"))).toEqual({ do: "bring-files", commit: "c2" })
  const starting = { ...dev, state: "starting" } as const
  expect(step(starting, shows("c2", alive("starting")))).toMatchObject({ do: "bring-files" })
  const begin = { do: "start-app", commit: "c2", script: "dev", again: false }
  expect(step(dev, shows("c2", alive("exited")))).toEqual(begin)
  expect(step(dev, shows("c2", alive("listening", after(5))))).toEqual(begin)
  expect(step({ ...dev, state: "crashed", restarts: 3 }, shows("c2", alive("exited")))).toEqual(
    begin,
  )
})

test("a draft changes between its dev server and what was built when another one is asked for", () => {
  expect(step({ ...dev, follows: null }, alive("listening"))).toEqual({
    ...{ do: "start-app", commit: "c1", script: "start", again: false },
  })
  const built = { ...dev, script: "start" } as const
  expect(step(built, shows("c1"))).toMatchObject({ do: "start-app", script: "dev" })
  expect(step(built, shows("c2", alive("listening"), "start"))).toEqual({
    ...{ do: "start-app", commit: "c2", script: "start", again: false },
  })
})

test("a dev server that died is started again like any app, and goes on while packages are installed", () => {
  const crashed = { ...dev, state: "crashed", endedAt: start } as const
  expect(step(crashed, shows("c1", alive("exited")), 1000)).toMatchObject({
    ...{ do: "start-app", script: "dev", again: true },
  })
  const doing = "Installing packages"
  const missing = shows("c2", alive("listening", start, { is: "missing", doing }))
  expect(step(dev, missing)).toEqual({ do: "prepare", commit: "c2", script: "dev", doing })
})
