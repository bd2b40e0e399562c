import { isFault } from "@vibecaas/kernel/fault"
import { afterEach, expect, test } from "vitest"
import { cancelWork, retryStore } from "./cancel-store.ts"
import { deleteStore } from "./change-store.ts"
import {
  backUpStore,
  restoreStore,
  rollBackStore,
  startStore,
  stopStore,
  upgradeStore,
} from "./operate-store.ts"
import { listBackups, listEvents, listReleases } from "./queries/history.ts"
import { readUse } from "./store-use.ts"
import { type StoresWorld, storesWorld } from "./testing/stores-world.ts"

let world: StoresWorld
afterEach(() => world.close())

const faultOf = (error: unknown) =>
  isFault(error) ? { code: error.code, fields: error.fields ?? {} } : error

test("a store is ready once an order has gone through it and was cancelled", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Linden Street Books" })
  expect(await world.show(id)).toMatchObject({ state: "requested", work: { work: "provision" } })
  const ready = await world.settle(id)
  expect(ready).toMatchObject({
    ...{ state: "ready", version: "2.0.0", simulated: true, failure: null },
    url: "http://linden-street-books.stores.localhost:3000",
    lastOrder: { ok: true, say: "Order o1 was placed, found and cancelled" },
  })
  expect(ready?.work?.steps.every(({ state }) => state === "done")).toBe(true)
  expect(world.memory.stores.get(id)?.orders).toMatchObject([{ state: "cancelled" }])
  const events = await world.act((ctx) => listEvents(ctx.db, id, { limit: 10, before: undefined }))
  expect(events.map(({ state }) => state)).toEqual(["ready", "provisioning", "requested"])
})

test("a step that fails is tried again, then the store has failed with what the step wrote", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "fail-seed shop" })
  const failed = await world.settle(id)
  expect(failed).toMatchObject({
    state: "failed",
    failure: { kind: "seed_failed", step: "seed", exitCode: 1, work: "provision" },
  })
  expect(failed?.failure?.logTail).toEqual(["seed fails, as the store's name asks"])
  expect(world.memory.calls.filter((call) => call === "seed")).toHaveLength(2)
})

test("one whose shop takes no order is never ready", async () => {
  world = await storesWorld()
  const failed = await world.settle(await world.create({ name: "fail-order shop" }))
  expect(failed).toMatchObject({ state: "failed", readyAt: null, lastOrder: { ok: false } })
  expect(failed?.failure).toMatchObject({ kind: "probe_failed", step: "order" })
})

test("trying again goes on from the step that failed", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "fail-seed shop" })
  await world.settle(id)
  await world.db.adminPool.query("update stores set name = 'Mended' where id = $1", [id])
  await world.act((ctx) => retryStore(ctx, world.parts, { id, diagnostics: true }))
  expect(await world.settle(id)).toMatchObject({ state: "ready", failure: null })
  expect(world.memory.calls.filter((call) => call === "migrate")).toHaveLength(1)
})

test("an upgrade runs the later version with the store's orders, and going back brings those of then", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips", version: "1.0.0" })
  await world.settle(id)
  await world.act((ctx) => upgradeStore(ctx, world.parts, { id, version: "2.0.0" }))
  expect(await world.settle(id)).toMatchObject({ state: "ready", version: "2.0.0" })
  expect(world.memory.stores.get(id)?.orders).toHaveLength(2)
  const [, first] = await world.act((ctx) => listReleases(ctx.db, id))
  expect(first).toMatchObject({ version: "1.0.0", state: "past" })
  const back = { id, releaseId: first?.id as never, losesOrders: false }
  const refused = await world.act((ctx) => rollBackStore(ctx, world.parts, back)).catch(faultOf)
  expect(refused).toMatchObject({ code: "conflict" })
  await world.act((ctx) => rollBackStore(ctx, world.parts, { ...back, losesOrders: true }))
  expect(await world.settle(id)).toMatchObject({ state: "ready", version: "1.0.0" })
  expect(world.memory.stores.get(id)?.orders).toHaveLength(2)
})

test("a version that does not sell is taken back by itself, with the data of before", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "break-upgrade shop", version: "1.0.0" })
  await world.settle(id)
  await world.act((ctx) => upgradeStore(ctx, world.parts, { id, version: "2.0.0" }))
  const after = await world.settle(id)
  expect(after).toMatchObject({
    ...{ state: "ready", version: "1.0.0" },
    failure: { work: "upgrade", kind: "never_ready" },
  })
  const releases = await world.act((ctx) => listReleases(ctx.db, id))
  expect(releases.map(({ version, state }) => [version, state])).toEqual([
    ["2.0.0", "refused"],
    ["1.0.0", "current"],
  ])
})

test("a backup is restored in place of the data; one of another store is refused", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  const other = await world.create({ name: "Roses" })
  await world.settle(id)
  await world.settle(other)
  await world.act((ctx) => backUpStore(ctx, world.parts, id))
  expect(await world.settle(id)).toMatchObject({ state: "ready" })
  const [backup] = await world.act((ctx) => listBackups(ctx.db, id))
  expect(backup).toMatchObject({ state: "kept", bytes: 42, reason: "asked" })
  const backupId = backup?.id as never
  const refused = world.act((ctx) => restoreStore(ctx, world.parts, { id: other, backupId }))
  expect(await refused.catch(faultOf)).toMatchObject({
    code: "invalid",
    fields: { "/backupId": expect.any(String) },
  })
  world.memory.stores.get(id)?.orders.splice(0)
  await world.act((ctx) => restoreStore(ctx, world.parts, { id, backupId }))
  expect(await world.settle(id)).toMatchObject({ state: "ready" })
  expect(world.memory.stores.get(id)?.orders.map((order) => order.id)).toEqual(["o2", "o1"])
})

test("a stopped store keeps its data and starts with an order through it", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  await world.act((ctx) => stopStore(ctx, world.parts, id))
  expect(await world.settle(id)).toMatchObject({ state: "stopped" })
  expect(world.memory.stores.get(id)?.process).toBe("absent")
  await world.act((ctx) => startStore(ctx, world.parts, id))
  expect(await world.settle(id)).toMatchObject({ state: "ready" })
})

test("what is cancelled while it is made is taken down", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.act((ctx) => cancelWork(ctx, world.parts, id))
  expect(await world.settle(id)).toMatchObject({ state: "failed", failure: { kind: "cancelled" } })
  expect(world.memory.stores.size).toBe(0)
  await world.act((ctx) => retryStore(ctx, world.parts, { id, diagnostics: false }))
  expect(await world.settle(id)).toMatchObject({ state: "ready" })
})

test("what is gone behind our back is repaired, and counted", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  const store = world.memory.stores.get(id)
  if (store) store.process = "ended"
  await world.turns()
  world.clock.advance(5000)
  await world.turns()
  expect(await world.show(id)).toMatchObject({ state: "ready" })
  expect(store?.process).toBe("listening")
  expect(world.corrections).toEqual([`store ${id}: a process of it had ended`])
})

test("what was ended with the platform starts again with it, and counts as no repair", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  const store = world.memory.stores.get(id)
  if (store) store.process = "absent"
  await world.turns()
  await world.turns()
  expect(store?.process).toBe("listening")
  expect(await world.show(id)).toMatchObject({ state: "ready" })
  expect(world.corrections).toEqual([])
  const { rows } = await world.db.adminPool.query(
    "select say from store_events where say like 'Repaired%' or say like 'Started again%'",
  )
  expect(rows).toEqual([{ say: "Started again with the platform" }])
})

test("a store that fills its disk is stopped with why, and goes on once there is room", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  const store = world.memory.stores.get(id)
  if (store) store.mib = 257
  expect(await world.act((ctx) => readUse(ctx, world.parts, id))).toEqual({
    memory: { used: null, limit: 128 },
    disk: { used: 257, limit: 256 },
  })
  world.clock.advance(61_000)
  await world.turns()
  expect(await world.show(id)).toMatchObject({
    state: "failed",
    failure: { kind: "disk_full", say: expect.stringMatching(/257 MiB.*256 MiB/) },
  })
  expect(store?.process).toBe("absent")
  if (store) store.mib = 200
  await world.act((ctx) => retryStore(ctx, world.parts, { id, diagnostics: false }))
  expect(await world.settle(id)).toMatchObject({ state: "ready", failure: null })
})

test("a deleted store is gone with all it had; what is left is named and tried again", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  const wrong = world.act((ctx) =>
    deleteStore(ctx, world.parts, { id, name: "tulips", backup: false }),
  )
  expect(await wrong.catch(faultOf)).toMatchObject({
    code: "invalid",
    fields: { "/name": expect.any(String) },
  })
  world.memory.world.leaves = true
  await world.act((ctx) => deleteStore(ctx, world.parts, { id, name: "Tulips", backup: false }))
  await world.turns()
  expect(await world.show(id)).toMatchObject({
    state: "deleting",
    leftovers: [`files ${id}: because the test wants it`.replace("because ", "")],
  })
  world.memory.world.leaves = false
  expect(await world.settle(id)).toBeUndefined()
  expect(world.memory.stores.size).toBe(0)
  const { rows } = await world.db.adminPool.query(
    "select (select count(*) from quota_reservations) + (select count(*) from secrets) + (select count(*) from store_backups) as left, (select count(*) from holds) as holds, (select count(*) from hosts where state = 'serving') as hosts",
  )
  expect(rows).toEqual([{ left: "0", holds: "0", hosts: "0" }])
})

test("a last backup outlives its store, and a new store begins with its data", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  await world.act((ctx) => deleteStore(ctx, world.parts, { id, name: "Tulips", backup: true }))
  expect(await world.settle(id)).toBeUndefined()
  const [kept] = await world.act((ctx) => listBackups(ctx.db, id))
  expect(kept).toMatchObject({ reason: "final", state: "kept" })
  const again = await world.create({ name: "Tulips again", backupId: kept?.id })
  expect(await world.settle(again)).toMatchObject({ state: "ready" })
  expect(world.memory.stores.get(again)?.orders.map((order) => order.id)).toEqual(["o2", "o1"])
  expect(world.memory.stores.get(again)?.hooks).toEqual(["personalise"])
})

test("stores go with their organization, and it waits for them", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  const { organizationId } = world.org
  const asked = "update organizations set wanted = 'gone' where id = $1"
  await world.db.adminPool.query(asked, [organizationId])
  expect(await world.settle(id)).toBeUndefined()
  expect(world.memory.stores.size).toBe(0)
  const { rows } = await world.db.adminPool.query("select 1 from holds where parent_id = $1", [
    organizationId,
  ])
  expect(rows).toEqual([])
})

test("what runs and no row claims is taken down by the sweep; what a row claims stays", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  await world.settle(id)
  const mine = world.memory.stores.get(id)
  if (mine) world.memory.stores.set("sto_01k9x3v8hde8r8z6h3gk5c2v9w", { ...mine })
  await world.loop.due(new AbortController().signal)
  expect([...world.memory.stores.keys()]).toEqual([id])
})
