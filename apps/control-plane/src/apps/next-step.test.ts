import fc from "fast-check"
import { expect, test } from "vitest"
import { rest } from "../core/resource-loop.ts"
import type { AppRow } from "./app.ts"
import { lookAgainMs, nextStep, restartLimits, type SeenMachine, type Step } from "./next-step.ts"

const start = new Date("2026-01-01T00:00:00Z")
const row: AppRow = {
  id: "app_1",
  organizationId: "org_1",
  projectId: "prj_1",
  machineId: "vm_1",
  purpose: "live",
  commitWanted: "c1",
  command: null,
  environment: {},
  settingsVersion: 1,
  settingsApplied: 1,
  state: "running",
  commit: "c1",
  port: 3000,
  exitCode: null,
  restarts: 0,
  startedAt: start,
  endedAt: null,
  failure: null,
  logTail: [],
  due: true,
  createdAt: start,
  updatedAt: start,
}
const after = (ms: number) => new Date(start.getTime() + ms)
const alive = (
  state: "none" | "starting" | "listening" | "exited",
  startedAt = start,
): SeenMachine => ({
  machine: "up",
  app: { state, startedAt: state === "none" ? undefined : startedAt },
})
const step = (change: Partial<AppRow>, seen: SeenMachine, ms = 0) =>
  nextStep({ ...row, ...change }, seen, after(ms))

test("a crashed app is started again after 1, 2 and 4 seconds, then it waits for a person", () => {
  expect(step({}, alive("exited"))).toEqual({ do: "record-crash" })
  const crashed = { state: "crashed", endedAt: start } as const
  expect(step({ ...crashed }, alive("exited"), 999)).toEqual({ do: "rest", afterMs: 1 })
  expect(step({ ...crashed }, alive("exited"), 1000)).toEqual({ do: "start-app", again: true })
  expect(step({ ...crashed, restarts: 1 }, alive("exited"), 1999)).toMatchObject({ do: "rest" })
  expect(step({ ...crashed, restarts: 2 }, alive("exited"), 4000)).toMatchObject({ again: true })
  expect(step({ ...crashed, restarts: 3 }, alive("exited"), 9e9)).toMatchObject({ do: "rest" })
  const fixed = step({ ...crashed, restarts: 3, commitWanted: "c2" }, alive("exited"))
  expect(fixed).toEqual({ do: "start-app", again: false })
})

test("crashes are forgotten once the app ran for ten minutes", () => {
  const up = restartLimits.calmMs
  expect(step({ restarts: 2 }, alive("listening"), up - 1)).toMatchObject({ do: "rest" })
  expect(step({ restarts: 2 }, alive("listening"), up)).toEqual({ do: "forget-crashes" })
})

test("an app that does not listen within a minute is given up", () => {
  const starting = { state: "starting" } as const
  expect(step(starting, alive("starting"), 59_999)).toMatchObject({ do: "rest", afterMs: 1 })
  expect(step(starting, alive("starting"), 60_000)).toEqual({ do: "give-up-app" })
  expect(step({}, alive("starting"), 60_000)).toMatchObject({ do: "rest" })
})

test("a start that was interrupted, and an app of another start, are started anew", () => {
  expect(step({ state: "starting", startedAt: null }, alive("listening"))).toMatchObject({
    do: "start-app",
  })
  expect(step({}, alive("listening", after(5)))).toMatchObject({ do: "start-app", again: false })
})

test("an app follows its machine: stopped with it, waiting for it, gone with it", () => {
  expect(step({}, { machine: "stopped" })).toEqual({ do: "record-stopped" })
  expect(step({ state: "stopped" }, { machine: "stopped" })).toEqual(rest(null))
  expect(step({}, { machine: "pending" })).toEqual({ do: "record-lost" })
  const waiting = { state: "starting", startedAt: null } as const
  expect(step(waiting, { machine: "pending" })).toEqual(rest(lookAgainMs))
  expect(step({}, { machine: "gone" })).toEqual({ do: "remove" })
})

test("why a machine failed is said once of its app", () => {
  const failed: SeenMachine = { machine: "failed", failure: "No room." }
  expect(step({}, failed)).toEqual({ do: "record-no-machine", failure: "No room." })
  expect(step({ state: "crashed", failure: "No room." }, failed)).toEqual(rest(null))
})

/** A world in which every step works, and apps listen at once. */
function follow(
  before: AppRow,
  seen: SeenMachine,
  { taken, now }: { taken: Step; now: Date },
): [AppRow, SeenMachine] {
  switch (taken.do) {
    case "start-app":
      return [
        { ...before, state: "starting", commit: before.commitWanted, startedAt: now },
        alive("listening", now),
      ]
    case "record-listening":
      return [{ ...before, state: "running" }, seen]
    case "record-crash":
    case "give-up-app":
      return [{ ...before, state: "crashed", endedAt: now }, seen]
    case "record-no-machine":
      return [{ ...before, state: "crashed", failure: taken.failure, endedAt: now }, seen]
    case "record-stopped":
      return [{ ...before, state: "stopped", startedAt: null, restarts: 0 }, seen]
    case "record-lost":
      return [{ ...before, state: "starting", startedAt: null }, alive("none")]
    case "forget-crashes":
      return [{ ...before, restarts: 0 }, seen]
    case "remove":
      return [before, seen]
  }
}

const anyRow = fc.record({
  state: fc.constantFrom("none", "starting", "running", "crashed", "stopped" as const),
  commit: fc.constantFrom(null, "c1", "c2"),
  restarts: fc.nat(3),
  startedAt: fc.constantFrom(null, start),
  endedAt: fc.constantFrom(null, start),
})
const anySeen = fc.oneof(
  fc.constantFrom<SeenMachine>(
    { machine: "gone" },
    { machine: "stopped" },
    { machine: "failed", failure: "No room." },
    { machine: "pending" },
  ),
  fc
    .constantFrom("none" as const, "starting" as const, "listening" as const, "exited" as const)
    .map((state) => alive(state)),
)

test("from any row and any world, steps lead to what is wanted", () => {
  fc.assert(
    fc.property(anyRow, anySeen, (change, firstSeen) => {
      let now: AppRow = { ...row, ...change }
      let seen = firstSeen
      let ms = 600_000
      for (let steps = 0; steps < 30; steps++) {
        const taken = nextStep(now, seen, after(ms))
        if (taken.do === "remove") return seen.machine === "gone"
        if (taken.do !== "rest") {
          ;[now, seen] = follow(now, seen, { taken, now: after(ms) })
          continue
        }
        if (isAsWanted(now, seen)) return true
        if (taken.afterMs === null) return false
        ms += taken.afterMs
        // Sooner or later a machine that starts is there.
        if (seen.machine === "pending") seen = alive("none")
      }
      return false
    }),
    { numRuns: 2000 },
  )
})

function isAsWanted(now: AppRow, seen: SeenMachine): boolean {
  if (seen.machine === "stopped") return now.state === "stopped"
  if (seen.machine === "failed") return now.state === "crashed" && now.failure === seen.failure
  if (seen.machine !== "up") return false
  const gaveUp = now.state === "crashed" && now.restarts >= restartLimits.restartsMax
  return gaveUp || (now.commit === now.commitWanted && now.state === "running")
}
