import fc from "fast-check"
import { expect, test } from "vitest"
import { type Rest, rest } from "../core/resource-loop.ts"
import { type MachineRow, machineMoves, mayMove } from "./machine.ts"
import { nextStep, type SeenMachine, type Step } from "./next-step.ts"

const start = new Date("2026-01-01T00:00:00Z")
const row: MachineRow = {
  id: "vm_1",
  organizationId: "org_1",
  projectId: "prj_1",
  name: null,
  purpose: "live",
  draftOf: null,
  draftFilledAt: null,
  image: null,
  cpuCount: 1,
  memoryMib: 384,
  diskMib: 1024,
  trust: "untrusted",
  wanted: "running",
  restartWanted: 0,
  state: "running",
  restarted: 0,
  hostId: "local",
  driver: "sandbox",
  isolation: null,
  reaches: [],
  failure: null,
  startedAt: start,
  meteredUntil: start,
  due: true,
  createdAt: start,
  updatedAt: start,
}
const seen = (alive: boolean, others: Partial<SeenMachine> = {}): SeenMachine => ({
  ...{ alive, unwanted: false, closed: false, holders: 0 },
  ...others,
})
const step = (change: Partial<MachineRow>, saw: SeenMachine) => nextStep({ ...row, ...change }, saw)

test("a machine that vanished is booted as lost, a failed one waits", () => {
  expect(step({}, seen(false))).toEqual({ do: "boot", lost: true })
  expect(step({ state: "requested" }, seen(false))).toEqual({ do: "boot", lost: false })
  expect(step({ state: "failed" }, seen(false))).toEqual(rest(null))
})

test("a machine of a closed organization is stopped, and boots once it is open again", () => {
  expect(step({}, seen(true, { closed: true }))).toEqual({ do: "stop" })
  expect(step({ state: "stopped" }, seen(false, { closed: true }))).toEqual(rest(null))
  expect(step({ state: "failed" }, seen(false, { closed: true }))).toEqual(rest(null))
  expect(step({ state: "stopped" }, seen(false))).toEqual({ do: "boot", lost: false })
  expect(step({ wanted: "gone" }, seen(true, { closed: true }))).toEqual({ do: "destroy" })
})

test("a machine goes with its project, after what runs on it", () => {
  const going = { unwanted: true, holders: 1 }
  expect(step({}, seen(true, going))).toEqual({ do: "destroy" })
  expect(step({ state: "destroying" }, seen(false, going))).toMatchObject({
    do: "rest",
    mark: "held by 1",
  })
  expect(step({ state: "destroying", wanted: "gone" }, seen(false))).toEqual({ do: "remove" })
})

/** A world in which every step works. */
function follow(before: MachineRow, saw: SeenMachine, taken: Step): [MachineRow, SeenMachine] {
  switch (taken.do) {
    case "stop":
      return [{ ...before, state: "stopping" }, seen(false)]
    case "record-stopped":
      return [{ ...before, state: "stopped", restarted: before.restartWanted }, saw]
    case "reboot":
      return [{ ...before, state: "starting", restarted: before.restartWanted }, seen(false)]
    case "boot":
      return [{ ...before, state: "running" }, seen(true)]
    case "record-running":
      return [{ ...before, state: "running" }, saw]
    case "destroy":
      return [{ ...before, state: "destroying" }, seen(false)]
    case "remove":
      return [before, saw]
  }
}

const anyRow = fc.record({
  wanted: fc.constantFrom("running" as const, "stopped" as const, "gone" as const),
  state: fc.constantFrom("requested", "starting", "running", "stopping", "stopped" as const),
  restartWanted: fc.nat(2),
})

test("from any row and any world, steps lead to what is wanted, over allowed moves only", () => {
  fc.assert(
    fc.property(anyRow, fc.boolean(), (change, alive) => {
      let now: MachineRow = { ...row, ...change }
      let saw = seen(alive)
      for (let steps = 0; steps < 30; steps++) {
        const taken: Step | Rest = nextStep(now, saw)
        if (taken.do === "remove") return now.wanted === "gone"
        if (taken.do === "rest") return isAsWanted(now, saw)
        const from = now.state
        ;[now, saw] = follow(now, saw, taken)
        expect(mayMove(from, now.state), `${from} to ${now.state} by ${taken.do}`).toBe(true)
      }
      return false
    }),
    { numRuns: 2000 },
  )
})

function isAsWanted(now: MachineRow, saw: SeenMachine): boolean {
  if (now.wanted === "stopped") return now.state === "stopped" && !saw.alive
  return saw.alive && now.state === "running" && now.restarted >= now.restartWanted
}

test("nothing leaves destroying, and nothing moves to a state that does not exist", () => {
  expect(machineMoves.destroying).toEqual([])
  for (const targets of Object.values(machineMoves)) {
    for (const target of targets) expect(Object.keys(machineMoves)).toContain(target)
  }
})
