import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { definition, gate, key, leaseRow, makeWorld, type World } from "./testing/world.ts"

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 30_000)
afterEach(() => world.stopLoops())
afterAll(() => world.end())

const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 5 })

test("a turn that takes too long is aborted and counts as failed", async () => {
  const loop = definition(
    (turn) =>
      new Promise((_resolve, reject) => {
        turn.signal.addEventListener("abort", () => reject(turn.signal.reason))
      }),
    { limits: { turnMsMax: 50 } },
  )
  const { loops, wake } = await world.start(loop, { backoff: { delayMs: 600_000 }, leaseMs: 900 })
  await wake("a")
  await eventually(() => expect(loops.status()[0]?.last?.outcome).toBe("retry"))
  expect(await leaseRow(world.pool, loop.name, "a")).toMatchObject({ failures: 1, held: false })
})

test("stopping waits for turns, then aborts them, then leaves them to others", async () => {
  const turns = gate()
  const loop = definition(turns.reconcile)
  const { loops, wake } = await world.start(loop)
  await wake("deaf")
  await eventually(() => expect(turns.running("deaf")).toBe(true))
  expect(loops.status()[0]?.running).toMatchObject([{ key: key("deaf"), reason: "wake" }])
  await loops.stop(10)
  expect(await leaseRow(world.pool, loop.name, "deaf")).toMatchObject({ due: true })
  const others = gate()
  await world.start({ ...loop, reconcile: others.reconcile })
  await eventually(() => expect(others.running("deaf")).toBe(true))
  others.finish("deaf")
})

test("a turn that heeds the signal of a process that stops has not failed", async () => {
  const noted: unknown[] = []
  const loop = definition(
    (turn) =>
      new Promise((_resolve, reject) => {
        turn.signal.addEventListener("abort", () => reject(turn.signal.reason))
      }),
    {
      limits: { triesMax: 1 },
      giveUp: async (_turn, { error }) => {
        noted.push(error)
        return "keep-trying"
      },
    },
  )
  const { loops, wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(loops.status()[0]?.running).toHaveLength(1))
  await loops.stop(10)
  expect(noted).toEqual([])
  expect(await leaseRow(world.pool, loop.name, "a")).toMatchObject({ due: true, failures: 0 })
})
