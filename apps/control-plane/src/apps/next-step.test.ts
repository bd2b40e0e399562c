import fc from "fast-check"
import { expect, test } from "vitest"
import { rest } from "../core/resource-loop.ts"
import type { Prepared } from "../packages/index.ts"
import type { AppRow } from "./app.ts"
import {
  commitToRun,
  lookAgainMs,
  nextStep,
  restartLimits,
  type SeenMachine,
  type Step,
} from "./next-step.ts"
import { after, alive, row, start } from "./testing/app-rows.ts"

const step = (change: Partial<AppRow>, seen: SeenMachine, ms = 0) =>
  nextStep({ ...row, ...change }, seen, after(ms))

test("a crashed app is started again after 1, 2 and 4 seconds, then it waits for a person", () => {
  expect(step({}, alive("exited"))).toEqual({ do: "record-crash" })
  const crashed = { state: "crashed", endedAt: start } as const
  expect(step({ ...crashed }, alive("exited"), 999)).toEqual({ do: "rest", afterMs: 1 })
  expect(step({ ...crashed }, alive("exited"), 1000)).toEqual({
    do: "start-app",
    commit: "c1",
    again: true,
  })
  expect(step({ ...crashed, restarts: 1 }, alive("exited"), 1999)).toMatchObject({ do: "rest" })
  expect(step({ ...crashed, restarts: 2 }, alive("exited"), 4000)).toMatchObject({ again: true })
  expect(step({ ...crashed, restarts: 3 }, alive("exited"), 9e9)).toMatchObject({ do: "rest" })
  const fixed = step({ ...crashed, restarts: 3, commitWanted: "c2" }, alive("exited"))
  expect(fixed).toEqual({ do: "start-app", commit: "c2", again: false })
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

/** A world in which every step works, and apps of good commits listen at once. */
interface World {
  row: AppRow
  seen: SeenMachine
  /** the commits that ran on the data */
  data: string[]
  kept: string[]
}
const bad = new Set(["bad"])

function follow(world: World, taken: Step, now: Date): World {
  const { row: before } = world
  const wrote = (change: Partial<AppRow>, more: Partial<World> = {}): World => ({
    ...world,
    ...more,
    row: { ...before, ...change },
  })
  switch (taken.do) {
    case "start-app": {
      const { commit } = taken
      const data = [...world.data, commit]
      const up = alive(bad.has(commit) ? "exited" : "listening", now)
      return wrote({ state: "starting", commit, startedAt: now }, { seen: up, data })
    }
    case "try-app":
    case "record-listening":
      return wrote({
        state: "running",
        phase: "settled",
        snapshot: null,
        commitProved: before.commit,
      })
    case "record-crash":
    case "give-up-app":
      return wrote({ state: "crashed", phase: "settled", endedAt: now })
    case "record-no-machine":
      return wrote({ state: "crashed", failure: taken.failure, endedAt: now })
    case "record-stopped":
      return wrote({ state: "stopped", startedAt: null, restarts: 0 })
    case "record-lost":
      return wrote({ state: "starting", startedAt: null }, { seen: alive("none") })
    case "forget-crashes":
      return wrote({ restarts: 0 })
    case "begin-switch":
      return wrote({ phase: "switching", snapshot: null })
    case "take-snapshot":
      return wrote(
        { state: "starting", startedAt: null, snapshot: "kept" },
        { kept: world.data, seen: alive("exited") },
      )
    case "go-back":
      return wrote({ phase: "returning", commitRefused: before.commitWanted })
    case "restore":
      return wrote(
        { state: "starting", commit: null, startedAt: null, snapshot: null },
        { data: world.kept },
      )
    case "remove":
      return world
    case "prepare":
      return wrote({ doing: taken.doing }, { seen: prepared(world, working) })
    case "record-preparing":
      return wrote({ doing: taken.doing }, { seen: prepared(world, { is: "ready" }) })
    case "record-unprepared":
      return wrote({ state: "crashed", commit: taken.commit, doing: null, restarts: 3 })
  }
}

const working = { is: "working", doing: "Building", log: "" } as const
const prepared = ({ seen }: World, now: Prepared): SeenMachine =>
  seen.machine === "up" ? { ...seen, prepared: now } : seen

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
  expect(step(wish, seen({ is: "missing", doing }))).toEqual({ do: "prepare", commit: "c2", doing })
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

test("a first commit has nothing to go back to, and needs no way back", () => {
  const first = { commit: null, state: "none", startedAt: null } as const
  expect(step(first, alive("none"))).toEqual({ do: "start-app", commit: "c1", again: false })
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

/** Takes steps until there is rest; after `cut` steps it is left where it is. */
function settle(from: World, cut = 60): World | undefined {
  let world = from
  let ms = 600_000
  for (let steps = 0; steps < 60; steps++) {
    if (steps >= cut) return world
    const taken = nextStep(world.row, world.seen, after(ms))
    if (taken.do === "remove") return world
    if (taken.do !== "rest") {
      world = follow(world, taken, after(ms))
      continue
    }
    if (taken.afterMs === null || isAsWanted(world.row, world.seen)) return world
    ms += taken.afterMs
    // Sooner or later a machine that starts is there.
    if (world.seen.machine === "pending") world = { ...world, seen: alive("none") }
    world = { ...world, seen: prepared(world, { is: "ready" }) }
  }
  return undefined
}

function isAsWanted(now: AppRow, seen: SeenMachine): boolean {
  if (seen.machine === "stopped") return now.state === "stopped"
  if (seen.machine === "failed") return now.state === "crashed" && now.failure === seen.failure
  if (seen.machine !== "up") return false
  const gaveUp = now.state === "crashed" && now.restarts >= restartLimits.restartsMax
  return gaveUp || (now.commit === commitToRun(now) && now.state === "running")
}
