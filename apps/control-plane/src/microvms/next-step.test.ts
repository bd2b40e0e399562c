import fc from "fast-check"
import { expect, test } from "vitest"
import { type MicrovmRow, mayMove, microvmMoves } from "./microvm.ts"
import { nextStep, restartLimits, type SeenMachine, type Step } from "./next-step.ts"

const start = new Date("2026-01-01T00:00:00Z")
const row: MicrovmRow = {
  id: "vm_1",
  organizationId: "org_1",
  projectId: "prj_1",
  cpuCount: 1,
  memoryMib: 384,
  diskMib: 1024,
  trust: "untrusted",
  wanted: "running",
  restartWanted: 0,
  appCommitWanted: "c1",
  state: "running",
  restarted: 0,
  hostId: "local",
  driver: "sandbox",
  isolation: null,
  reaches: [],
  failure: null,
  appState: "running",
  appCommit: "c1",
  appPort: 3000,
  appExitCode: null,
  appRestarts: 0,
  appStartedAt: start,
  appEndedAt: null,
  appFailure: null,
  appLogTail: [],
  startedAt: start,
  meteredUntil: start,
  updatedAt: start,
}
const after = (ms: number) => new Date(start.getTime() + ms)
const alive = (
  state: "none" | "starting" | "listening" | "exited",
  startedAt = start,
): SeenMachine => ({
  alive: true,
  app: { state, startedAt: state === "none" ? undefined : startedAt },
})
const step = (change: Partial<MicrovmRow>, seen: SeenMachine, ms = 0) =>
  nextStep({ ...row, ...change }, seen, after(ms))

test("a crashed app is started again after 1, 2 and 4 seconds, then it waits for a person", () => {
  expect(step({}, alive("exited"))).toEqual({ do: "record-crash" })
  const crashed = { appState: "crashed", appEndedAt: start } as const
  expect(step({ ...crashed }, alive("exited"), 999)).toEqual({ do: "rest", afterMs: 1 })
  expect(step({ ...crashed }, alive("exited"), 1000)).toEqual({ do: "start-app", again: true })
  expect(step({ ...crashed, appRestarts: 1 }, alive("exited"), 1999)).toMatchObject({ do: "rest" })
  expect(step({ ...crashed, appRestarts: 2 }, alive("exited"), 4000)).toMatchObject({ again: true })
  expect(step({ ...crashed, appRestarts: 3 }, alive("exited"), 9e9)).toMatchObject({ do: "rest" })
  const fixed = step({ ...crashed, appRestarts: 3, appCommitWanted: "c2" }, alive("exited"))
  expect(fixed).toEqual({ do: "start-app", again: false })
})

test("crashes are forgotten once the app ran for ten minutes", () => {
  const up = restartLimits.calmMs
  expect(step({ appRestarts: 2 }, alive("listening"), up - 1)).toMatchObject({ do: "rest" })
  expect(step({ appRestarts: 2 }, alive("listening"), up)).toEqual({ do: "forget-crashes" })
})

test("an app that does not listen within a minute is given up", () => {
  const starting = { appState: "starting" } as const
  expect(step(starting, alive("starting"), 59_999)).toMatchObject({ do: "rest", afterMs: 1 })
  expect(step(starting, alive("starting"), 60_000)).toEqual({ do: "give-up-app" })
  expect(step({}, alive("starting"), 60_000)).toMatchObject({ do: "rest" })
})

test("a start that was interrupted, and an app of another start, are started anew", () => {
  expect(step({ appState: "starting", appStartedAt: null }, alive("listening"))).toMatchObject({
    do: "start-app",
  })
  expect(step({}, alive("listening", after(5)))).toMatchObject({ do: "start-app", again: false })
})

test("a machine that vanished is booted as lost, a failed one waits", () => {
  expect(step({}, { alive: false })).toEqual({ do: "boot", lost: true })
  expect(step({ state: "requested" }, { alive: false })).toEqual({ do: "boot", lost: false })
  expect(step({ state: "failed" }, { alive: false })).toEqual({ do: "rest", afterMs: null })
})

/** A world in which every step works, and apps listen at once. */
function follow(
  before: MicrovmRow,
  seen: SeenMachine,
  taken: Step,
  now: Date,
): [MicrovmRow, SeenMachine] {
  const stopped = { ...before, appState: "none", appStartedAt: null, appRestarts: 0 } as const
  switch (taken.do) {
    case "stop":
      return [{ ...before, state: "stopping" }, { alive: false }]
    case "record-stopped":
      return [{ ...stopped, state: "stopped", restarted: before.restartWanted }, seen]
    case "reboot":
      return [{ ...stopped, state: "starting", restarted: before.restartWanted }, { alive: false }]
    case "boot":
      return [{ ...before, state: "running" }, alive("none")]
    case "record-running":
      return [{ ...before, state: "running" }, seen]
    case "start-app":
      return [
        { ...before, appState: "starting", appCommit: before.appCommitWanted, appStartedAt: now },
        alive("listening", now),
      ]
    case "stop-app":
      return [{ ...before, appState: "none", appCommit: null, appStartedAt: null }, alive("none")]
    case "record-listening":
      return [{ ...before, appState: "running" }, seen]
    case "record-crash":
    case "give-up-app":
      return [{ ...before, appState: "crashed", appEndedAt: now }, seen]
    case "forget-crashes":
      return [{ ...before, appRestarts: 0 }, seen]
    case "rest":
    case "tear-down":
      return [before, seen]
  }
}

const anyRow = fc.record({
  wanted: fc.constantFrom("running" as const, "stopped" as const, "gone" as const),
  state: fc.constantFrom("requested", "starting", "running", "stopping", "stopped" as const),
  restartWanted: fc.nat(2),
  appCommitWanted: fc.constantFrom(null, "c1", "c2"),
  appState: fc.constantFrom("none", "starting", "running", "crashed", "stopped" as const),
  appCommit: fc.constantFrom(null, "c1", "c2"),
  appRestarts: fc.nat(3),
  appStartedAt: fc.constantFrom(null, start),
  appEndedAt: fc.constantFrom(null, start),
})
const anySeen = fc.oneof(
  fc.constant<SeenMachine>({ alive: false }),
  fc
    .constantFrom("none" as const, "starting" as const, "listening" as const, "exited" as const)
    .map((state) => alive(state)),
)

test("from any row and any world, steps lead to what is wanted, over allowed moves only", () => {
  fc.assert(
    fc.property(anyRow, anySeen, (change, firstSeen) => {
      let now: MicrovmRow = { ...row, ...change }
      let seen = firstSeen
      let ms = 600_000
      for (let steps = 0; steps < 30; steps++) {
        const taken = nextStep(now, seen, after(ms))
        if (taken.do === "tear-down") return now.wanted === "gone"
        if (taken.do === "rest") {
          if (isAsWanted(now, seen)) return true
          if (taken.afterMs === null) return false
          ms += taken.afterMs
          continue
        }
        const from = now.state
        ;[now, seen] = follow(now, seen, taken, after(ms))
        expect(mayMove(from, now.state), `${from} to ${now.state} by ${taken.do}`).toBe(true)
      }
      return false
    }),
    { numRuns: 2000 },
  )
})

function isAsWanted(now: MicrovmRow, seen: SeenMachine): boolean {
  if (now.wanted === "stopped") return now.state === "stopped" && !seen.alive
  if (!seen.alive || now.state !== "running" || now.restarted < now.restartWanted) return false
  const up = seen.app.state === "listening" || seen.app.state === "starting"
  if (now.appCommitWanted === null) return !up
  const gaveUp = now.appState === "crashed" && now.appRestarts >= restartLimits.restartsMax
  return gaveUp || (now.appCommit === now.appCommitWanted && now.appState === "running")
}

test("nothing leaves destroying, and nothing moves to a state that does not exist", () => {
  expect(microvmMoves.destroying).toEqual([])
  for (const targets of Object.values(microvmMoves)) {
    for (const target of targets) expect(Object.keys(microvmMoves)).toContain(target)
  }
})
