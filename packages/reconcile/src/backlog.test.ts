import { systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { done } from "./next.ts"
import { definition, gate, key, makeWorld, type World } from "./testing/world.ts"

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 30_000)
afterEach(() => world.stopLoops())
afterAll(() => world.end())

const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 5 })

test("a key that fails is shown with its fault until a turn succeeds", async () => {
  let down = true
  const loop = definition(async () => {
    if (down) throw fault("unavailable", { say: "The engine is down.", retryable: true })
    return done
  })
  const { loops, wake } = await world.start(loop, { backoff: { delayMs: 600_000 } })
  await wake("a")
  await eventually(async () =>
    expect(await loops.backlog()).toMatchObject([
      {
        ...{ loop: loop.name, due: 0, oldestDueAt: undefined, failing: 1 },
        failingKeys: [
          {
            ...{ key: key("a"), failures: 1, cause: undefined, gaveUp: false },
            fault: "unavailable: The engine is down.",
            since: expect.any(Date),
          },
        ],
      },
    ]),
  )
  down = false
  await wake("a")
  await eventually(async () =>
    expect(await loops.backlog()).toMatchObject([{ failing: 0, failingKeys: [] }]),
  )
})

test("a key that was given up stays shown, and so does one that is tried for ever", async () => {
  const fails = async () => {
    throw new Error("no room\nwith details that are not shown")
  }
  const loops = world.loops()
  const limits = { triesMax: 1 }
  const over = loops.add(definition(fails, { limits }))
  const kept = loops.add(definition(fails, { limits, giveUp: async () => "keep-trying" }))
  await loops.start()
  await over.wake(key("over"))
  await kept.wake(key("kept"))
  const failing = { fault: "Error: no room", cause: "tries" }
  await eventually(async () =>
    expect((await loops.backlog()).map(({ failingKeys }) => failingKeys)).toMatchObject([
      [{ ...failing, gaveUp: true }],
      [{ ...failing, gaveUp: false }],
    ]),
  )
})

test("keys that wait for room are counted, with how long the oldest waits", async () => {
  const turns = gate()
  const loop = definition(turns.reconcile, { concurrency: 1 })
  const { loops, wake } = await world.start(loop)
  for (const id of ["a", "b", "c"]) await wake(id)
  await eventually(async () =>
    expect(await loops.backlog()).toMatchObject([{ due: 2, oldestDueAt: expect.any(Date) }]),
  )
  for (const id of ["a", "b", "c"]) {
    await eventually(() => expect(turns.running(id)).toBe(true))
    turns.finish(id)
  }
})

test("a sweep that hangs and a turn that does not heed its signal are trouble", async () => {
  const turns = gate()
  let sweeps = 0
  let skewMs = 0
  const clock = { now: () => new Date(Date.now() + skewMs), sleep: systemClock.sleep }
  const loop = definition(turns.reconcile, {
    limits: { turnMsMax: 10 },
    sweepEveryMs: 10,
    due: async () => {
      sweeps += 1
      return sweeps === 1 ? [key("deaf")] : new Promise(() => {})
    },
  })
  const { loops } = await world.start(loop, { clock })
  await eventually(() => expect([turns.running("deaf"), sweeps]).toEqual([true, 2]))
  expect(loops.troubles()).toEqual([])
  skewMs = 61_000
  await eventually(() =>
    expect(loops.troubles()).toEqual([
      expect.stringMatching(`“${loop.name}” was last swept 6. s ago`),
      expect.stringMatching(`a turn of “${loop.name}” did not stop after 6. s`),
    ]),
  )
  await loops.stop(10)
})
