import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterEach, expect, test } from "vitest"
import { cancelWork } from "./cancel-store.ts"
import { changeStore } from "./change-store.ts"
import { drillStore } from "./drill-store.ts"
import { backUpStore } from "./operate-store.ts"
import { listDrills } from "./queries/history.ts"
import { type StoresWorld, storesWorld } from "./testing/stores-world.ts"

let world: StoresWorld
afterEach(() => world.close())

async function storeWithBackup(name = "Tulips") {
  const id = await world.create({ name })
  await world.settle(id)
  await world.act((ctx) => backUpStore(ctx, world.parts, id))
  await world.settle(id)
  return id
}

const drill = (id: IdOf<"store">) => world.act((ctx) => drillStore(ctx, world.parts, id))
const drills = (id: IdOf<"store">) => world.act((ctx) => listDrills(ctx.db, id))

test("a drill sells from a backup in a store of its own, which is gone afterwards; the store goes on", async () => {
  world = await storesWorld()
  const id = await storeWithBackup()
  const before = structuredClone(world.memory.stores.get(id))
  const begun = await drill(id)
  expect(begun).toMatchObject({ state: "drilling" })
  const after = await world.settle(id)
  expect(after).toMatchObject({
    ...{ state: "ready", failure: null },
    lastDrill: { ok: true, version: "2.0.0", recoveryMs: expect.any(Number) },
  })
  expect(after?.lastDrill?.say).toBe("Order o2 went through")
  expect(world.memory.stores.get(id)).toEqual(before)
  expect([...world.memory.stores.keys()]).toEqual([id])
})

test("a backup from which nothing sells is said on the store, which goes on; nothing is left of the try", async () => {
  world = await storesWorld()
  const id = await storeWithBackup()
  const damaged = [...world.memory.backups.keys()]
  for (const each of damaged) world.memory.backups.delete(each)
  await drill(id)
  const after = await world.settle(id)
  expect(after).toMatchObject({
    ...{ state: "ready", lastDrill: { ok: false, recoveryMs: null } },
    failure: { work: "drill", step: "rehearse" },
  })
  expect(world.memory.stores.get(id)?.process).toBe("listening")
  expect([...world.memory.stores.keys()]).toEqual([id])
  // A backup of the same moment might count as the older one.
  world.clock.advance(1000)
  await world.act((ctx) => backUpStore(ctx, world.parts, id))
  await world.settle(id)
  await drill(id)
  expect(await world.settle(id)).toMatchObject({ failure: null, lastDrill: { ok: true } })
  expect((await drills(id)).map(({ ok }) => ok)).toEqual([true, false])
})

test("by its schedule a store is drilled, and not again before the next time", async () => {
  world = await storesWorld()
  const id = await storeWithBackup()
  const set = { drillEveryDays: 7 }
  await world.act((ctx) => changeStore(ctx, world.parts, { id, ifMatch: undefined, set }))
  await world.settle(id)
  expect(await drills(id)).toEqual([])
  world.clock.advance(7 * 24 * 3_600_000)
  await world.settle(id)
  await world.turns()
  expect(await drills(id)).toMatchObject([{ ok: true, byName: "the platform" }])
})

test("what a drill that is under way has is left alone by the sweep, and goes when it is cancelled", async () => {
  world = await storesWorld()
  const id = await storeWithBackup()
  const { workId } = await drill(id)
  const mine = world.memory.stores.get(id)
  const thrown = `sto_${workId?.slice(4)}`
  if (mine) world.memory.stores.set(thrown, { ...mine })
  await world.loop.due(new AbortController().signal)
  expect(world.memory.stores.has(thrown)).toBe(true)
  await world.act((ctx) => cancelWork(ctx, world.parts, id))
  expect(await world.settle(id)).toMatchObject({ state: "ready", lastDrill: null })
  expect([...world.memory.stores.keys()]).toEqual([id])
})

test("without a backup there is nothing to prove", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  const refused = await drill(id).catch((error) => (isFault(error) ? error.code : error))
  expect(refused).toBe("wrong_state")
})
