import fc from "fast-check"
import { expect, test } from "vitest"
import { rest } from "../core/resource-loop.ts"
import type { Prepared } from "../packages/index.ts"
import type { AppRow } from "./app.ts"
import { changeFor, lookAgainMs, nextStep, restartLimits, type SeenMachine } from "./next-step.ts"
import { after, alive, row, start } from "./testing/app-rows.ts"
import { bad, isAsWanted, settle, type World, working } from "./testing/stepping.ts"

const step = (change: Partial<AppRow>, seen: SeenMachine, ms = 0) =>
  nextStep({ ...row, ...change }, seen, after(ms))

test("a crashed app is started again after 1, 2 and 4 seconds, then it waits for a person", () => {
  expect(step({}, alive("exited"))).toEqual({ do: "record-crash" })
  const crashed = { state: "crashed", endedAt: start } as const
  expect(step({ ...crashed }, alive("exited"), 999)).toEqual({ do: "rest", afterMs: 1 })
  expect(step({ ...crashed }, alive("exited"), 1000)).toEqual({
    do: "start-app",
    commit: "c1",
    script: "start",
    again: true,
  })
  expect(step({ ...crashed, restarts: 1 }, alive("exited"), 1999)).toMatchObject({ do: "rest" })
  expect(step({ ...crashed, restarts: 2 }, alive("exited"), 4000)).toMatchObject({ again: true })
  expect(step({ ...crashed, restarts: 3 }, alive("exited"), 9e9)).toMatchObject({ do: "rest" })
  const fixed = step({ ...crashed, restarts: 3, commitWanted: "c2" }, alive("exited"))
  expect(fixed).toEqual({ do: "start-app", commit: "c2", script: "start", again: false })
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
    .chain((state) =>
      fc
        .constantFrom<Prepared>(
          { is: "ready" },
          { is: "missing", doing: "Installing packages" },
          { ...working, doing: "Installing packages" },
        )
        .map((now) => alive(state, start, now)),
    ),
)

test("what runs goes on until all that the next commit needs is there", () => {
  const wish = { commitProved: "c1", commitWanted: "c2" }
  const seen = (now: Prepared) => alive("listening", start, now)
  const doing = "Installing packages"
  expect(step(wish, seen({ is: "missing", doing }))).toEqual({
    do: "prepare",
    commit: "c2",
    script: "start",
    doing,
  })
  expect(step({ ...wish, doing }, seen(working))).toEqual({
    do: "record-preparing",
    doing: "Building",
  })
  expect(step({ ...wish, doing: "Building" }, seen(working))).toEqual(rest(1000))
  expect(step(wish, seen({ is: "ready" }))).toEqual({ do: "begin-switch" })
  expect(step(wish, seen({ is: "failed", why: "No such package.", log: "" }))).toMatchObject({
    do: "record-unprepared",
    commit: "c2",
  })
  expect(step({}, seen({ is: "missing", doing }))).toEqual(rest(lookAgainMs))
})

test("from any row and any world, steps lead to what is wanted", () => {
  fc.assert(
    fc.property(anyRow, anySeen, (change, seen) => {
      const end = settle({ row: { ...row, ...change }, seen, data: [], kept: [] })
      return end !== undefined && (end.seen.machine === "gone" || isAsWanted(end.row, end.seen))
    }),
    { numRuns: 2000 },
  )
})

test("a commit that does not run well never leaves a trace in the data of the one before", () => {
  const wishes = fc.array(fc.constantFrom("c1", "c2", "bad", "worse"), { minLength: 1 })
  bad.add("worse")
  fc.assert(
    fc.property(wishes, fc.array(fc.nat(12)), (wanted, cuts) => {
      let world: World = {
        row: { ...row, commitProved: "c1" },
        seen: alive("listening"),
        data: ["c1"],
        kept: [],
      }
      for (const [at, commitWanted] of wanted.entries()) {
        const wish = { commitWanted, commitRefused: null, restarts: 0 }
        world = { ...world, row: { ...world.row, ...wish } }
        // Another wish may come in the middle of a change.
        world = settle(world, cuts[at]) ?? world
      }
      world = settle(world) ?? world
      const { row: now, data } = world
      expect(now).toMatchObject({ phase: "settled", state: "running" })
      expect(bad.has(now.commit ?? "")).toBe(false)
      expect(data.filter((commit) => bad.has(commit))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test("a restore ends on its data, or on those of before when the app does not run on them", () => {
  const wish = fc.constantFrom("c1", "c2", "bad", "old", "poison")
  fc.assert(
    fc.property(fc.array(fc.tuple(wish, fc.nat(14)), { minLength: 1 }), (wishes) => {
      let world: World = {
        row: { ...row, commitProved: "c1" },
        seen: alive("listening"),
        data: ["c1"],
        kept: [],
      }
      for (const [wanted, cut] of wishes) {
        world = { ...world, row: { ...world.row, ...wishOf(world.row, wanted) } }
        world = settle(world, cut) ?? world
      }
      world = settle(world) ?? world
      const { row: now, data } = world
      expect(now).toMatchObject({ phase: "settled", state: "running", restoring: "no" })
      expect(now.restoreDone).toBe(now.restoreAsked)
      expect(data.filter((each) => bad.has(each) || each === "poison")).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

/** A person's wish: another commit, or other data while no restore is under way. */
function wishOf(before: AppRow, wanted: string): Partial<AppRow> {
  const { restoreAsked, restoreDone } = before
  if (wanted !== "old" && wanted !== "poison") {
    return { commitWanted: wanted, commitRefused: null, restarts: 0 }
  }
  if (restoreAsked > restoreDone) return {}
  return { restoreFrom: wanted, restoreAsked: restoreAsked + 1 }
}

test("data are restored once nothing else changes them, with a way back", () => {
  const asked = { commitProved: "c1", restoreFrom: "bak_1", restoreAsked: 1 } as const
  expect(step(asked, alive("listening"))).toEqual({ do: "begin-switch" })
  expect(changeFor({ ...row, ...asked })).toEqual({ restoring: "begun" })
  // Another version that is wanted, too, goes first.
  expect(changeFor({ ...row, ...asked, commitWanted: "c2" })).toEqual({ restoring: "no" })
  const begun = { ...asked, phase: "switching", restoring: "begun" } as const
  expect(step(begun, alive("listening"))).toEqual({ do: "take-snapshot" })
  expect(step({ ...begun, snapshot: "bak_2" }, alive("exited"))).toEqual({ do: "bring-data" })
})

test("a first commit has nothing to go back to, and needs no way back", () => {
  const first = { commit: null, state: "none", startedAt: null } as const
  expect(step(first, alive("none"))).toEqual({
    do: "start-app",
    commit: "c1",
    script: "start",
    again: false,
  })
  expect(step({ commitProved: "c0", commit: "c0" }, alive("listening"))).toEqual({
    do: "begin-switch",
  })
})

test("asking for a refused commit again tries it again, on a snapshot of its own", () => {
  const refused = { commitProved: "c0", commit: "c0", commitRefused: "c1" } as const
  expect(step(refused, alive("listening"))).toEqual(rest(lookAgainMs))
  expect(step({ ...refused, commitRefused: null }, alive("listening"))).toEqual({
    do: "begin-switch",
  })
})
