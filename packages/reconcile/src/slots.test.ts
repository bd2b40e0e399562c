import fc from "fast-check"
import type pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { keyText } from "./key.ts"
import { markDue, type Outcome, releaseLease } from "./leases.ts"
import { giveSlotBack, slotPosition, takeSlot } from "./slots.ts"
import { takeLeases } from "./take-leases.ts"
import { inTransaction, key, makeWorld, type World } from "./testing/world.ts"

let world: World
let pool: pg.Pool
beforeAll(async () => {
  world = await makeWorld()
  pool = world.pool
}, 30_000)
afterAll(() => world.end())

const loop = "ovens"
const owner = (id: string) => ({ loop, key: key(id) })
const ask = (name: string, id: string, limit: number) =>
  inTransaction(pool, (tx) => takeSlot(tx, owner(id), { pool: name, limit }))
const giveBack = (name: string, id: string) => giveSlotBack(pool, owner(id), name)
const holders = async (name: string) => {
  const { rows } = await pool.query<{ key: string }>(
    "select key from reconcile_slots where pool = $1 and held order by turn",
    [name],
  )
  return rows.map((row) => row.key)
}

/** A turn of `id` that takes a slot and ends so. */
async function turnThatEnds(id: string, outcome: Pick<Outcome, "kind" | "afterMs" | "cause">) {
  const text = keyText(key(id))
  await markDue(pool, { loop, reason: "wake" }, [{ key: text }])
  const holder = { holder: "a", instance: "a1", leaseMs: 60_000 }
  const [lease] = (await takeLeases(pool, [{ loop, places: 1 }], holder)).leases
  expect(await ask(`of ${id}`, id, 1)).toEqual({ granted: true })
  const end = { failures: 0, reason: "again", elapsedMs: 0, mark: "m", ...outcome } as const
  await releaseLease(pool, { loop, key: text, fence: lease?.fence ?? 0n }, end)
  return holders(`of ${id}`)
}

test("slots are given oldest first and no more than the limit", async () => {
  expect(await ask("ovens", "one", 2)).toEqual({ granted: true })
  expect(await ask("ovens", "two", 2)).toEqual({ granted: true })
  expect(await ask("ovens", "three", 2)).toEqual({ granted: false, position: 1 })
  expect(await ask("ovens", "four", 2)).toEqual({ granted: false, position: 2 })
  expect(await ask("ovens", "one", 2)).toEqual({ granted: true })
  await giveBack("ovens", "one")
  expect(await ask("ovens", "four", 2)).toEqual({ granted: false, position: 2 })
  expect(await ask("ovens", "three", 2)).toEqual({ granted: true })
  expect(await slotPosition(pool, owner("four"), "ovens")).toBe(1)
  expect(await slotPosition(pool, owner("three"), "ovens")).toBeUndefined()
})

test("a slot that is asked for in a transaction that rolls back is not taken", async () => {
  await expect(
    inTransaction(pool, async (tx) => {
      await takeSlot(tx, owner("undone"), { pool: "undone", limit: 1 })
      throw new Error("no")
    }),
  ).rejects.toThrow("no")
  expect(await ask("undone", "other", 1)).toEqual({ granted: true })
})

test("a hundred who ask together for five slots get five", async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => ask("rush", `k${n}`, 5)))
  expect(answers.filter(({ granted }) => granted)).toHaveLength(5)
})

test("whoever asks and gives back in any order: first in, first out, never more than the limit", async () => {
  let run = 0
  const step = fc.record({
    what: fc.constantFrom("ask" as const, "give back" as const),
    who: fc.integer({ min: 0, max: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(step, { maxLength: 40 }),
      async (limit, steps) => {
        run += 1
        const name = `property ${run}`
        const queue: { id: string; held: boolean }[] = []
        for (const { what, who } of steps) {
          const id = `k${who}`
          const index = queue.findIndex((each) => each.id === id)
          if (what === "give back") {
            await giveBack(name, id)
            if (index >= 0) queue.splice(index, 1)
            continue
          }
          const me = queue[index] ?? { id, held: false }
          if (index < 0) queue.push(me)
          const before = queue.slice(0, queue.indexOf(me))
          const others = queue.filter((each) => each !== me && (each.held || before.includes(each)))
          me.held ||= others.length < limit
          const position = before.filter(({ held }) => !held).length + 1
          expect(await ask(name, id, limit)).toEqual(
            me.held ? { granted: true } : { granted: false, position },
          )
          expect((await holders(name)).length).toBeLessThanOrEqual(limit)
        }
      },
    ),
    { numRuns: 30 },
  )
}, 60_000)

test("a slot lasts while its work is under way or failing, and goes when that ends", async () => {
  expect(await turnThatEnds("working", { kind: "working", afterMs: 1_000 })).toHaveLength(1)
  expect(await turnThatEnds("failed", { kind: "failed", afterMs: 1_000 })).toHaveLength(1)
  expect(await turnThatEnds("done", { kind: "rest", afterMs: null })).toEqual([])
  expect(await turnThatEnds("again", { kind: "rest", afterMs: 1_000 })).toEqual([])
  expect(await turnThatEnds("over", { kind: "given-up", afterMs: null, cause: "tries" })).toEqual(
    [],
  )
  expect(await turnThatEnds("kept", { kind: "failed", afterMs: 1_000, cause: "work" })).toEqual([])
  // Last: its key is due at once.
  expect(await turnThatEnds("stopped", { kind: "interrupted", afterMs: 0 })).toHaveLength(1)
})
