import { fault } from "@vibecaas/kernel/fault"
import fc from "fast-check"
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { keyText } from "./key.ts"
import { markDue } from "./leases.ts"
import { again, done, minutes } from "./next.ts"
import { definition, gate, key, leaseRow, makeWorld, type World } from "./testing/world.ts"
import { wakeInTransaction } from "./wake.ts"

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 30_000)
afterEach(() => world.stopLoops())
afterAll(() => world.end())

const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 5 })

async function wakeCommitted(loop: string, id: string): Promise<void> {
  const client = await world.pool.connect()
  await client.query("begin")
  await wakeInTransaction(client, [{ loop, key: key(id) }])
  await client.query("commit")
  client.release()
}

test("a turn at work hears that its key is woken, and not that another is", async () => {
  const heard: string[] = []
  const turns = gate()
  const loop = definition(async (turn) => {
    turn.onWake(() => heard.push(turn.key.id))
    return turns.reconcile(turn)
  })
  await world.start(loop)
  for (const id of ["a", "b"]) {
    await wakeCommitted(loop.name, id)
    await eventually(() => expect(turns.running(id)).toBe(true))
  }
  await wakeCommitted(loop.name, "a")
  await eventually(() => expect(heard).toEqual(["a"]))
  for (const id of ["a", "b"]) turns.finish(id)
  await eventually(() => expect(turns.running("a")).toBe(true))
  turns.finish("a")
})

test("turns follow wakes: one for each wake at rest, exactly one more for any during a turn", async () => {
  const turns = gate()
  const loop = definition(turns.reconcile)
  // One process: a second may hear of two transactions late and together, which costs a turn more.
  const { wake } = await world.start(loop)
  const direct = fc.record({
    kind: fc.constant("wake" as const),
    times: fc.integer({ min: 1, max: 4 }),
  })
  const committed = fc.constant({ kind: "committed" as const })
  const finish = fc.constant({ kind: "finish" as const })
  let run = 0
  let heard = 0
  /** Wakes are heard in order: once a later one has its turn, the one before was written. */
  const wakeHeard = async (loopName: string, id: string) => {
    await wakeCommitted(loopName, id)
    heard += 1
    const after = `heard_${heard}`
    await wakeCommitted(loopName, after)
    await eventually(() => expect(turns.running(after)).toBe(true))
    turns.finish(after)
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(direct, committed, finish), { maxLength: 12 }),
      async (steps) => {
        run += 1
        const id = `key_${run}`
        const model = { began: 0, running: false, dirty: false }
        const began = () => turns.began.filter((each) => each === id).length
        const settle = async () => {
          if (!model.running && model.dirty) {
            Object.assign(model, { running: true, dirty: false, began: model.began + 1 })
          }
          await eventually(async () => {
            expect(began()).toBe(model.began)
            expect((await leaseRow(world.pool, loop.name, id))?.due ?? false).toBe(model.dirty)
            expect((await leaseRow(world.pool, loop.name, id))?.held ?? false).toBe(model.running)
          })
        }
        for (const step of [...steps, ...Array(2).fill({ kind: "finish" as const })]) {
          if (step.kind === "finish") {
            turns.finish(id)
            model.running = false
          } else {
            model.dirty = true
            const times = step.kind === "wake" && model.running ? step.times : 1
            if (step.kind === "committed") await wakeHeard(loop.name, id)
            else await Promise.all(Array.from({ length: times }, () => wake(id)))
          }
          await settle()
        }
        expect(turns.overlaps()).toBe(0)
      },
    ),
    { numRuns: 40 },
  )
}, 30_000)

test("fifty wakes of a key that waits for its turn give one turn", async () => {
  const turns = gate()
  const { wake } = await world.start(definition(turns.reconcile, { concurrency: 1 }))
  await wake("first")
  await eventually(() => expect(turns.running("first")).toBe(true))
  await Promise.all(Array.from({ length: 50 }, () => wake("second")))
  turns.finish("first")
  await eventually(() => expect(turns.running("second")).toBe(true))
  turns.finish("second")
  await wake("third")
  await eventually(() => expect(turns.running("third")).toBe(true))
  expect(turns.began).toEqual(["first", "second", "third"])
  turns.finish("third")
})

test("two processes that hear the same wake give one turn, and share the work", async () => {
  const turns = gate()
  const loop = definition(turns.reconcile)
  await world.start(loop)
  await world.start(loop)
  await wakeCommitted(loop.name, "a")
  await eventually(() => expect(turns.running("a")).toBe(true))
  turns.finish("a")
  await wakeCommitted(loop.name, "b")
  await eventually(() => expect(turns.running("b")).toBe(true))
  turns.finish("b")
  await eventually(async () =>
    expect(await leaseRow(world.pool, loop.name, "b")).toMatchObject({ rest: true }),
  )
  expect(turns.began).toEqual(["a", "b"])
})

test("a wake of a transaction that rolls back is never heard", async () => {
  const turns = gate()
  const loop = definition(turns.reconcile)
  await world.start(loop)
  const client = await world.pool.connect()
  await client.query("begin")
  await wakeInTransaction(client, [{ loop: loop.name, key: key("rolled_back") }])
  await client.query("rollback")
  client.release()
  await wakeCommitted(loop.name, "committed")
  await eventually(() => expect(turns.began).toEqual(["committed"]))
  turns.finish("committed")
})

test("a key comes back after the time it asked for, and at once when woken before", async () => {
  const reasons: string[] = []
  const { wake } = await world.start(
    definition(async (turn) => {
      reasons.push(turn.reason)
      return again(reasons.length === 1 ? 30 : minutes(10))
    }),
  )
  await wake("a")
  await eventually(() => expect(reasons).toEqual(["wake", "again"]))
  await wake("a")
  await eventually(() => expect(reasons).toEqual(["wake", "again", "wake"]))
})

test("a wake during a turn that asks for ten minutes is answered at once", async () => {
  const turns = gate()
  const { wake } = await world.start(definition(turns.reconcile))
  await wake("a")
  await eventually(() => expect(turns.running("a")).toBe(true))
  await wake("a")
  turns.finish("a", again(minutes(10)))
  await eventually(() => expect(turns.began).toEqual(["a", "a"]))
  turns.finish("a")
})

test("turns that throw are tried again and counted until one succeeds", async () => {
  const failures: number[] = []
  let turns = 0
  const loop = definition(
    async () => {
      turns += 1
      if (turns <= 3) throw new TypeError("a bug")
      return done
    },
    {
      limits: { triesMax: 1 },
      giveUp: async (_turn, { failures: count }) => {
        failures.push(count)
        return "keep-trying"
      },
    },
  )
  const { loops, wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(loops.status()[0]?.turns).toBe(4))
  expect(failures).toEqual([1, 2, 3])
  expect(loops.status()[0]).toMatchObject({ failures: 3, last: { outcome: "done", key: key("a") } })
  expect(await leaseRow(world.pool, loop.name, "a")).toMatchObject({ failures: 0, rest: true })
})

test("a fault that is not retryable waits for the next wake", async () => {
  const loop = definition(async () => {
    throw fault("quota_exceeded", { say: "The card was refused." })
  })
  const { loops, wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(loops.status()[0]?.last?.outcome).toBe("give-up"))
  expect(await leaseRow(world.pool, loop.name, "a")).toMatchObject({ rest: true, failures: 1 })
  await wake("a")
  await eventually(() => expect(loops.status()[0]?.turns).toBe(2))
})

test("a sweep at start-up and one each period find what no wake told", async () => {
  const seen: string[] = []
  const loop = definition(
    async (turn) => {
      seen.push(turn.reason)
      turn.correction("it had gone")
      return done
    },
    { due: async () => [key("a"), key("a")], sweepEveryMs: 100 },
  )
  const { loops } = await world.start(loop)
  await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(3))
  const status = loops.status()[0]
  expect(seen[0]).toBe("sweep")
  expect(status).toMatchObject({
    name: loop.name,
    description: "Sees to things.",
    sweepEveryMs: 100,
  })
  expect(status?.corrections).toBeGreaterThanOrEqual(3)
  expect(status?.sweptAt).toBeInstanceOf(Date)
})

test("a sweep does not cut a back-off short", async () => {
  const loop = definition(
    async () => {
      throw new Error("still down")
    },
    { due: async () => [key("a")], sweepEveryMs: 30 },
  )
  const backoff = { delayMs: 600_000 }
  const { loops } = await world.start(loop, { backoff })
  await eventually(() => expect(loops.status()[0]?.turns).toBe(1))
  const sweptAt = loops.status()[0]?.sweptAt
  await eventually(() => expect(loops.status()[0]?.sweptAt).not.toEqual(sweptAt))
  expect(loops.status()[0]?.turns).toBe(1)
})

test("a wake leads to a turn after the connection that listens was cut", async () => {
  const turns = gate()
  const loop = definition(turns.reconcile, { due: async () => [] })
  await world.start(loop)
  const cut = () =>
    world.pool.query<{ pid: number }>(
      `select pid, pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'vibecaas-listen'`,
    )
  expect((await cut()).rows).toHaveLength(1)
  await eventually(async () => {
    await wakeCommitted(loop.name, "a")
    expect(turns.began).toContain("a")
  })
  turns.finish("a")
})

test("a key that became due without a word is found by the next look, and taken once", async () => {
  const turns = gate()
  const loop = definition(turns.reconcile)
  await world.start(loop)
  await world.start(loop)
  await markDue(world.pool, { loop: loop.name, reason: "wake" }, [{ key: keyText(key("a")) }])
  await eventually(() => expect(turns.running("a")).toBe(true))
  turns.finish("a")
  await eventually(async () =>
    expect(await leaseRow(world.pool, loop.name, "a")).toMatchObject({ rest: true }),
  )
  expect(turns.began).toEqual(["a"])
})

test("a loop with more to do than it may do at once makes no other wait", async () => {
  const busy = gate()
  const calm = gate()
  const loops = world.loops()
  const many = Array.from({ length: 300 }, (_, n) => key(`many_${n}`))
  loops.add(definition(busy.reconcile, { concurrency: 2, due: async () => many }))
  const quiet = loops.add(definition(calm.reconcile, { concurrency: 1 }))
  await loops.start()
  await eventually(() => expect(busy.began).toHaveLength(2))
  await quiet.wake(key("a"))
  await eventually(() => expect(calm.running("a")).toBe(true))
  expect(busy.began).toHaveLength(2)
  for (const id of busy.began) busy.finish(id)
  calm.finish("a")
})
