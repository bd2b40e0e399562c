import type { StoreBackend } from "@vibecaas/stores/backend"
import { afterEach, expect, test } from "vitest"
import { testTurn } from "../db/testing/test-turn.ts"
import { usedAndLimit } from "../quotas/index.ts"
import { cancelWork } from "./cancel-store.ts"
import { changeStore } from "./change-store.ts"
import { drillStore } from "./drill-store.ts"
import { backUpStore, upgradeStore } from "./operate-store.ts"
import { listDrills, listEvents } from "./queries/history.ts"
import { showReleases } from "./read-store.ts"
import { storeLoop } from "./reconcile-store.ts"
import type { StoreId } from "./store.ts"
import { type StoresWorld, storesWorld } from "./testing/stores-world.ts"

let world: StoresWorld
afterEach(() => world.close())

async function storeOf(version: string, name = "Tulips"): Promise<StoreId> {
  const id = await world.create({ name, version })
  await world.settle(id)
  return id
}

const upgrade = (id: StoreId, version: string) =>
  world.act((ctx) => upgradeStore(ctx, world.parts, { id, version }))
const releases = (id: StoreId) => world.act((ctx) => showReleases(ctx, world.parts, id))
const memory = () => world.act((ctx) => usedAndLimit(ctx, "store_memory_mib"))
const setLimit = (mib: number) =>
  world.db.adminPool.query(
    `insert into organization_limits (organization_id, resource, amount) values ($1, 'store_memory_mib', $2)
     on conflict (organization_id, resource) do update set amount = excluded.amount`,
    [world.org.organizationId, mib],
  )
/** One turn of a server whose backend behaves in another way. */
const turnWith = async (id: StoreId, other: Partial<StoreBackend>) => {
  const loop = storeLoop({ ...world.parts, backend: { ...world.memory.backend, ...other } })
  const key = { organizationId: world.org.organizationId, id }
  await loop.reconcile(await testTurn(world.db.adminPool, { loop: "stores", key }))
}

test("of versions that share data the new one sells beside the old one before it takes its place", async () => {
  world = await storesWorld()
  const id = await storeOf("1.0.0")
  expect(await world.show(id)).toMatchObject({
    upgrades: ["2.0.0", "1.1.0"],
    upgradesBeside: ["1.1.0"],
  })
  world.memory.calls.length = 0
  expect(await upgrade(id, "1.1.0")).toMatchObject({ state: "switching" })
  expect(await memory()).toMatchObject({ used: 256 })
  expect(await world.settle(id)).toMatchObject({ state: "ready", version: "1.1.0", failure: null })
  expect(await memory()).toMatchObject({ used: 128 })
  expect(world.memory.calls).not.toContain("ensure stopped")
  expect(world.memory.stores.get(id)).not.toHaveProperty("beside")
  expect(await releases(id)).toMatchObject([
    { version: "1.1.0", state: "current", way: "beside" },
    { version: "1.0.0", state: "past", way: "made", backupId: expect.any(String) },
  ])
  // One order made it ready, and one proved the new version.
  expect(world.memory.stores.get(id)?.orders).toHaveLength(2)
  await upgrade(id, "2.0.0")
  await world.settle(id)
  expect((await releases(id))[0]).toMatchObject({ version: "2.0.0", way: "in_place" })
})

test("a new version that does not sell goes, and the old one was never touched", async () => {
  world = await storesWorld()
  const id = await storeOf("1.0.0", "break upgrade")
  world.memory.calls.length = 0
  await upgrade(id, "1.1.0")
  const after = await world.settle(id)
  expect(after).toMatchObject({
    ...{ state: "ready", version: "1.0.0" },
    failure: {
      work: "upgrade_beside",
      step: "prove",
      remedy: expect.stringContaining("never away"),
    },
  })
  expect(world.memory.calls.filter((call) => call.startsWith("ensure r"))).toEqual([])
  expect(world.memory.calls).toContain("end beside")
  expect(world.memory.stores.get(id)).not.toHaveProperty("beside")
  expect(await memory()).toMatchObject({ used: 128 })
  expect(await releases(id)).toMatchObject([
    { version: "1.1.0", state: "refused", way: "beside" },
    { version: "1.0.0", state: "current" },
  ])
})

test("a shop that rests since the platform was ended is started again before another version is tried", async () => {
  world = await storesWorld()
  const id = await storeOf("1.0.0")
  await upgrade(id, "1.1.0")
  const { backend, calls, stores } = world.memory
  calls.length = 0
  await turnWith(id, {
    async backup(...asked) {
      const made = await backend.backup(...asked)
      Object.assign(stores.get(id) ?? {}, { process: "absent" })
      return made
    },
  })
  expect(await world.settle(id)).toMatchObject({ state: "ready", version: "1.1.0" })
  expect(calls.indexOf("ensure running")).toBeGreaterThan(0)
  expect(calls.indexOf("ensure running")).toBeLessThan(calls.indexOf("ensure beside"))
})

test("cancelled after the versions changed places and before that was written down, the old one runs again", async () => {
  world = await storesWorld()
  const id = await storeOf("1.0.0")
  await upgrade(id, "1.1.0")
  const dying: StoreBackend["ensure"] = async (...asked) => {
    await world.memory.backend.ensure(...asked)
    throw new Error("the server died")
  }
  await expect(turnWith(id, { ensure: dying })).rejects.toThrow("the server died")
  expect(world.memory.stores.get(id)?.release.version).toBe("1.1.0")
  await world.act((ctx) => cancelWork(ctx, world.parts, id))
  expect(await world.settle(id)).toMatchObject({ state: "ready", version: "1.0.0" })
  expect(world.memory.stores.get(id)?.release.version).toBe("1.0.0")
})

test("without memory for both versions the store is stopped for its upgrade, and that is said", async () => {
  world = await storesWorld()
  const id = await storeOf("1.0.0")
  await setLimit(200)
  expect(await upgrade(id, "1.1.0")).toMatchObject({ state: "upgrading" })
  expect(await world.settle(id)).toMatchObject({ state: "ready", version: "1.1.0" })
  expect(await releases(id)).toMatchObject([{ way: "in_place" }, { way: "made" }])
  const events = await world.act((ctx) => listEvents(ctx.db, id, { limit: 50, before: undefined }))
  expect(events.map(({ say }) => say).join("\n")).toMatch(/128 MiB for both versions are not free/)
})

test("a drill's store is counted while it runs; without room for it one that is asked for is refused", async () => {
  world = await storesWorld()
  const id = await storeOf("2.0.0")
  await world.act((ctx) => backUpStore(ctx, world.parts, id))
  await world.settle(id)
  const drill = () => world.act((ctx) => drillStore(ctx, world.parts, id))
  await drill()
  expect(await memory()).toMatchObject({ used: 256 })
  await world.settle(id)
  expect(await memory()).toMatchObject({ used: 128 })
  await setLimit(200)
  await expect(drill()).rejects.toMatchObject({ code: "quota_exceeded", say: /128 MiB/ })
  expect(await world.show(id)).toMatchObject({ state: "ready" })
})

test("a drill by schedule waits for room, and is tried again in an hour", async () => {
  world = await storesWorld()
  const id = await storeOf("2.0.0")
  await world.act((ctx) => backUpStore(ctx, world.parts, id))
  const set = { drillEveryDays: 7 }
  await world.settle(id)
  await world.act((ctx) => changeStore(ctx, world.parts, { id, ifMatch: undefined, set }))
  await setLimit(200)
  const drills = () => world.act((ctx) => listDrills(ctx.db, id))
  world.clock.advance(7 * 24 * 3_600_000)
  await world.settle(id)
  await world.turns()
  expect(await drills()).toEqual([])
  const [event] = await world.act((ctx) => listEvents(ctx.db, id, { limit: 1, before: undefined }))
  expect(event?.say).toMatch(/waits for room/)
  await setLimit(1000)
  world.clock.advance(3_600_000)
  await world.settle(id)
  await world.turns()
  expect(await drills()).toMatchObject([{ ok: true }])
})
