import { fault } from "@vibecaas/kernel/fault"
import { afterEach, expect, test } from "vitest"
import { testTurn } from "../db/testing/test-turn.ts"
import { retryStore } from "./cancel-store.ts"
import { preflight } from "./preflight.ts"
import { type StoresWorld, storesWorld } from "./testing/stores-world.ts"

let world: StoresWorld
afterEach(() => world.close())

test("before a store is asked for, the very line is named that it does not fit, and the one that it nearly fills", async () => {
  world = await storesWorld()
  await world.create({ name: "Tulips" })
  await world.db.adminPool.query(
    "insert into organization_limits (organization_id, resource, amount) values ($1, 'store_memory_mib', 400)",
    [world.org.organizationId],
  )
  const personId = "prs_nobody"
  const asked = (plan: "basic" | "standard" | "premium") =>
    world.act((ctx) => preflight(ctx, world.parts, { engine: "toy", plan, personId }))
  const memoryOf = ({ lines }: Awaited<ReturnType<typeof asked>>) =>
    lines.find(({ line }) => line === "store_memory_mib")
  expect(memoryOf(await asked("basic"))).toMatchObject({ fits: true, warns: false })
  expect(memoryOf(await asked("standard"))).toMatchObject({ fits: true, warns: true })
  const premium = await asked("premium")
  expect(premium.fits).toBe(false)
  expect(premium.lines.filter(({ fits }) => !fits)).toMatchObject([
    { line: "store_memory_mib", used: 128, limit: 400, asked: 512 },
  ])
})

test("nothing moved for too long: the store has failed, is marked as stuck, and can be tried again with more written down", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  const key = { organizationId: world.org.organizationId, id }
  const turn = await testTurn(world.db.adminPool, { loop: "stores", key })
  await world.loop.giveUp?.(turn, {
    ...{ cause: "stuck", failures: 0 },
    error: fault("work_stuck", { say: "Nothing has moved for too long." }),
  })
  expect(await world.show(id)).toMatchObject({
    ...{ state: "failed", stuck: true },
    failure: { kind: "stuck", remedy: expect.stringContaining("Retry with diagnostics") },
  })
  await world.act((ctx) => retryStore(ctx, world.parts, { id, diagnostics: true }))
  expect(await world.settle(id)).toMatchObject({ state: "ready", stuck: false, failure: null })
  expect(world.memory.stores.get(id)?.release.verbose).toBe(true)
})
