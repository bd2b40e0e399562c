import { systemClock } from "@vibecaas/kernel/clock"
import { expect } from "vitest"
import type { StoreBackend } from "../backend.ts"
import { probeStore, readOrders } from "../probe-store.ts"
import type { Release } from "../release.ts"
import { bringUp, proveOrder } from "./bring-up.suite.ts"
import { probing, releaseFor, type StoreSuite, type StoreWorld } from "./world.suite.ts"

/** Another version beside the one that runs, for engines of which two work with the same data. */
export function besideFacts({ world, fact }: StoreSuite, { crashes }: { crashes: boolean }): void {
  const both = async () => {
    const { shared } = world()
    if (!shared) return undefined
    const blue = await bringUp(world(), releaseFor(world(), { version: shared.from }))
    return { blue, green: { ...blue, version: shared.to } }
  }
  const none = "no two of its versions work with the same data"

  fact(
    "a version beside the one that runs takes its place, and nobody is refused",
    async (context) => {
      const made = await both()
      if (!made) return context.skip(none)
      const { backend } = world()
      const { blue, green } = made
      const visits = visitAllTheTime(world(), blue)
      await raise(world(), { blue, green })
      expect(await backend.look(blue.storeId)).toMatchObject({
        revision: { version: blue.version },
        beside: { version: green.version },
      })
      expect((await proveBeside(world(), green)).failed).toBeUndefined()

      await backend.ensure(green, "running")
      const seen = await backend.look(blue.storeId)
      expect(seen).toMatchObject({ revision: { version: green.version }, drift: [] })
      expect(seen.beside).toBeUndefined()
      expect(await backend.ensureBeside(green)).not.toHaveProperty("beside")
      await proveOrder(world(), green, "after")
      const { failed, count } = await visits.end()
      expect(failed).toEqual([])
      expect(count).toBeGreaterThan(5)
      expect(await orders(world(), green)).toBe(2)
      expect(await backend.destroy(blue.storeId)).toEqual([])
      expect(await world().leftovers(blue.storeId)).toEqual([])
    },
  )

  if (!crashes) return
  fact(
    "what runs beside a store ends alone, also after the backend was killed",
    async (context) => {
      const made = await both()
      if (!made) return context.skip(none)
      const { blue, green } = made
      const starts = async () =>
        (await world().backend.look(blue.storeId)).processes.map(({ startedAt }) => startedAt)
      const first = await starts()
      await raise(world(), { blue, green })
      await world().crash()
      const there = await world().backend.look(blue.storeId)
      expect(there.beside?.processes.every(({ state }) => state === "listening")).toBe(true)
      await world().backend.endBeside(blue.storeId)
      await world().backend.endBeside(blue.storeId)
      const after = await world().backend.look(blue.storeId)
      expect(after).toMatchObject({ revision: { version: blue.version }, drift: [] })
      expect(after.beside).toBeUndefined()
      expect(await starts()).toEqual(first)
      await proveOrder(world(), blue, "stays")
      expect(await world().backend.destroy(blue.storeId)).toEqual([])
      expect(await world().leftovers(blue.storeId)).toEqual([])
    },
  )

  fact(
    "a backend that is killed while versions change places ends with one of them",
    async (context) => {
      const made = await both()
      if (!made) return context.skip(none)
      const { blue, green } = made
      await raise(world(), { blue, green })
      const changing = world()
        .backend.ensure(green, "running")
        .catch(() => {})
      await systemClock.sleep(100)
      await world().crash()
      await changing
      await world().backend.ensure(green, "running")
      const seen = await world().backend.look(blue.storeId)
      expect(seen).toMatchObject({ revision: { version: green.version }, drift: [] })
      await proveOrder(world(), green, "after")
      expect(await world().backend.destroy(blue.storeId)).toEqual([])
      expect(await world().leftovers(blue.storeId)).toEqual([])
    },
  )
}

async function raise(
  { backend, engine }: StoreWorld,
  { blue, green }: { blue: Release; green: Release },
): Promise<void> {
  await backend.prepare({ engine: engine.name, version: green.version })
  const hook = { name: "upgrade", fromVersion: blue.version, beside: true } as const
  const outcome = await backend.exec(green, hook)
  expect(outcome.ok, outcome.logTail.join("\n")).toBe(true)
  for (let round = 0; round < 600; round++) {
    const { beside } = await backend.ensureBeside(green)
    if (beside?.processes.every(({ state }) => state === "listening")) return
    await systemClock.sleep(100)
  }
  throw new Error(`not beside: ${JSON.stringify(await backend.look(blue.storeId))}`)
}

function proveBeside(world: StoreWorld, green: Release) {
  const connect: StoreBackend["connect"] = (id, process) =>
    world.backend.connect(id, process, "beside")
  return probeStore({ ...probing(world, green), backend: { connect } }, "order", "beside")
}

/** One visit after the other, each on a connection of its own. */
function visitAllTheTime(world: StoreWorld, release: Release) {
  const failed: unknown[] = []
  let [count, over] = [0, false]
  const visiting = (async () => {
    while (!over) {
      const outcome = await probeStore(probing(world, release), "ready")
      count += 1
      if (!outcome.ok) failed.push(outcome.failed)
      await systemClock.sleep(20)
    }
  })()
  return {
    async end() {
      over = true
      await visiting
      return { failed, count }
    },
  }
}

async function orders(world: StoreWorld, release: Release): Promise<number> {
  const read = await readOrders(probing(world, release), 20)
  return "orders" in read ? read.orders.length : -1
}
