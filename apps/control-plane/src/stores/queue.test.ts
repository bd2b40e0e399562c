import { isFault } from "@vibecaas/kernel/fault"
import { afterEach, expect, test } from "vitest"
import { createOrganization } from "../db/testing/seed.ts"
import { deleteStore } from "./change-store.ts"
import { createStore } from "./create-store.ts"
import { readMetrics, readQueue } from "./read-platform.ts"
import { type StoresWorld, storesWorld } from "./testing/stores-world.ts"

let world: StoresWorld
afterEach(() => world.close())

const codeOf = (error: unknown) => (isFault(error) ? error.code : String(error))

test("so many are made at once, first in, first out, and the others see their places", async () => {
  world = await storesWorld({ atOnce: 2 })
  const ids: Awaited<ReturnType<StoresWorld["create"]>>[] = []
  for (const name of ["One", "Two", "Three", "Four", "Five"]) ids.push(await world.create({ name }))
  // Turns that are taken in any order let in whose turn it is.
  const places = async () =>
    (await readQueue(world.parts)).map(({ name, position }) => [name, position])
  expect(await places()).toEqual([
    ["One", 1],
    ["Two", 2],
    ["Three", 3],
    ["Four", 4],
    ["Five", 5],
  ])
  for (const id of ids) expect(await world.settle(id)).toMatchObject({ state: "ready" })
  expect(await places()).toEqual([])
  const works = await world.db.adminPool.query(
    "select w.started_at as at from store_works w join stores s on s.id = w.store_id order by array_position($1, s.name)",
    [["One", "Two", "Three", "Four", "Five"]],
  )
  const begun = works.rows.map(({ at }) => at.getTime())
  expect(begun).toEqual(begun.toSorted((a, b) => a - b))
  expect(begun[2]).toBeGreaterThanOrEqual(begun[1])
  const { days, active } = await readMetrics(world.parts, 7)
  expect(days).toHaveLength(7)
  expect(days[0]).toMatchObject({ day: "2026-02-24", created: 0, active: 0, p50Seconds: null })
  const today = { day: "2026-03-02", engine: "toy", created: 5, ready: 5, failed: 0, active: 5 }
  expect(days[6]).toMatchObject(today)
  expect(active).toBe(5)
  const [id = "sto_"] = ids
  await world.act((ctx) => deleteStore(ctx, world.parts, { id, name: "One", backup: false }))
  await world.settle(id)
  expect((await readMetrics(world.parts, 1)).days).toMatchObject([{ ...today, active: 4 }])
})

test("the queue of one organization holds its place before that of another", async () => {
  world = await storesWorld({ atOnce: 1 })
  const mine = await world.create({ name: "Mine" })
  const other = await createOrganization(world.db, { plan: "team", personal: false })
  const wanted = { name: "Theirs", engine: "toy", plan: "basic", values: {} } as const
  const theirs = await world.db.scope(other, (ctx) => createStore(ctx, world.parts, wanted))
  const queue = await readQueue(world.parts)
  expect(queue.map(({ storeId }) => storeId)).toEqual([mine, theirs.id])
  await world.act((ctx) => deleteStore(ctx, world.parts, { id: mine, name: "Mine", backup: false }))
  expect(await world.settle(mine)).toBeUndefined()
  await world.turns()
  expect((await readQueue(world.parts)).filter(({ storeId }) => storeId !== theirs.id)).toEqual([])
})

test("nobody has more stores than they may, also when they ask at once", async () => {
  world = await storesWorld()
  world.parts.limits.perPerson = 3
  const asked = await Promise.allSettled(
    [1, 2, 3, 4, 5].map((n) => world.create({ name: `Shop ${n}` })),
  )
  const refused = asked.flatMap((each) => (each.status === "rejected" ? [codeOf(each.reason)] : []))
  expect(refused).toEqual(["quota_exceeded", "quota_exceeded"])
})

test("what is wrong with a wish is said at its field, and nothing is made", async () => {
  world = await storesWorld({ plan: "starter" })
  const faultAt = async (wanted: Parameters<StoresWorld["create"]>[0]) => {
    const error = await world.create(wanted).catch((thrown: unknown) => thrown)
    return isFault(error) ? [error.code, ...Object.keys(error.fields ?? {})] : error
  }
  expect(await faultAt({ name: "Tulips", engine: "magento" })).toEqual(["invalid", "/engine"])
  expect(await faultAt({ name: "Tulips", version: "9.9.9" })).toEqual(["invalid", "/version"])
  expect(await faultAt({ name: "Tulips", version: "3.0.0" })).toEqual(["invalid", "/version"])
  expect(await faultAt({ name: "Tulips", values: { currency: "GALLEONS" } })).toEqual([
    "invalid",
    "/values/currency",
  ])
  await world.create({ name: "Tulips" })
  expect(await faultAt({ name: "Tulips" })).toEqual(["name_taken", "/name"])
  const { rows } = await world.db.adminPool.query("select count(*) from stores")
  expect(rows).toEqual([{ count: "1" }])
})
