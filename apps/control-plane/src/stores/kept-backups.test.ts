import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterEach, expect, test } from "vitest"
import { deleteStore } from "./change-store.ts"
import { downloadBackup, removeKept, uploadBackup } from "./kept-backups.ts"
import { backUpStore, restoreStore } from "./operate-store.ts"
import { findBackup, listBackups } from "./queries/history.ts"
import { type StoresWorld, storesWorld } from "./testing/stores-world.ts"

let world: StoresWorld
afterEach(() => world.close())

const codeOf = (error: unknown) => (isFault(error) ? error.code : error)

async function readyStore(name = "Tulips") {
  const id = await world.create({ name })
  await world.settle(id)
  return id
}

const newest = async (id: IdOf<"store">) => {
  const [backup] = await world.act((ctx) => listBackups(ctx.db, id))
  if (!backup) throw new Error("there is a backup")
  return backup
}

const download = (id: IdOf<"storeBackup">) =>
  world.act(async (ctx) => {
    const { pieces } = await downloadBackup(ctx, world.parts, id)
    return buffer(Readable.from(pieces))
  })

test("a backup that was downloaded and uploaded again is restored, or begins a new store", async () => {
  world = await storesWorld()
  const id = await readyStore()
  await world.act((ctx) => backUpStore(ctx, world.parts, id))
  await world.settle(id)
  const bytes = await download((await newest(id)).id)
  const up = (storeId: IdOf<"store"> | undefined) =>
    world.act((ctx) => uploadBackup(ctx, world.parts, { storeId, bytes }))
  const mine = await up(id)
  expect(mine).toMatchObject({ storeId: id, reason: "uploaded", state: "kept", keptUntil: null })
  await world.act((ctx) => restoreStore(ctx, world.parts, { id, backupId: mine.id }))
  expect(await world.settle(id)).toMatchObject({ state: "ready" })
  const loose = await up(undefined)
  expect(loose).toMatchObject({ storeName: "", keptUntil: new Date("2026-04-01T10:00:00Z") })
  const other = await world.create({ name: "Roses", backupId: loose.id })
  expect(await world.settle(other)).toMatchObject({ state: "ready" })
  expect(world.memory.stores.get(other)?.orders.map((order) => order.id)).toEqual(["o2", "o1"])
  const { rows } = await world.db.adminPool.query(
    "select action from audit_records where action in ('store.download', 'store.upload') order by action",
  )
  expect(rows.map(({ action }) => action)).toEqual([
    "store.download",
    "store.upload",
    "store.upload",
  ])
})

test("what is no backup, or one of another engine, leaves neither row nor file", async () => {
  world = await storesWorld()
  const id = await readyStore()
  const up = (text: string) =>
    world
      .act((ctx) => uploadBackup(ctx, world.parts, { storeId: id, bytes: Buffer.from(text) }))
      .catch(codeOf)
  expect(await up("hello")).toBe("invalid")
  const made = { engine: "medusa", version: "1.0.0", bytes: 1, files: [], madeAt: "", tool: "" }
  expect(await up(JSON.stringify({ made, orders: [] }))).toBe("invalid")
  expect(await world.act((ctx) => listBackups(ctx.db, id))).toEqual([])
  expect(world.memory.backups.size).toBe(0)
})

test("the last backup of a deleted store is there for 30 days, and then neither row nor file", async () => {
  world = await storesWorld()
  const id = await readyStore()
  await world.act((ctx) => deleteStore(ctx, world.parts, { id, name: "Tulips", backup: true }))
  await world.settle(id)
  const kept = await newest(id)
  expect(kept).toMatchObject({ reason: "final", storeName: "Tulips" })
  expect((await download(kept.id)).length).toBeGreaterThan(0)
  world.clock.advance(30 * 24 * 3_600_000 - 60_000)
  await world.loop.due(new AbortController().signal)
  expect(await world.act((ctx) => findBackup(ctx.db, kept.id))).toBeDefined()
  world.clock.advance(120_000)
  await world.loop.due(new AbortController().signal)
  expect(await world.act((ctx) => findBackup(ctx.db, kept.id))).toBeUndefined()
  expect(world.memory.backups.size).toBe(0)
})

test("a backup that is being restored is not deleted; one that is not needed is", async () => {
  world = await storesWorld()
  const id = await readyStore()
  await world.act((ctx) => backUpStore(ctx, world.parts, id))
  await world.settle(id)
  const { id: backupId } = await newest(id)
  const remove = () => world.act((ctx) => removeKept(ctx, world.parts, backupId)).catch(codeOf)
  await world.act((ctx) => restoreStore(ctx, world.parts, { id, backupId }))
  expect(await remove()).toBe("wrong_state")
  await world.settle(id)
  expect(await remove()).toBeUndefined()
  expect(await world.act((ctx) => findBackup(ctx.db, backupId))).toBeUndefined()
  expect(world.memory.backups.has(backupId)).toBe(false)
})
