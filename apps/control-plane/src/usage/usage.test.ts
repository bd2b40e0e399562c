import { type Meter, meters } from "@vibecaas/contract/kinds"
import { usageRoutes } from "@vibecaas/contract/kinds/usage"
import { clockAt } from "@vibecaas/kernel/clock"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { type Measured, makeUsage, meter } from "./index.ts"

const clock = clockAt("2026-01-31T12:00:00Z")
let db: TestDatabase
let mine: SeededOrganization
beforeAll(async () => {
  db = await testDatabase({ clock })
})
afterAll(() => db.close())
beforeEach(async () => {
  mine = await createOrganization(db)
})

const route = "GET /organizations/{organizationId}/usage"
const totals = makeUsage().handlers[route]

function read(query: { from?: string; to?: string } = {}) {
  const params = usageRoutes[route].params.parse({ organizationId: mine.organizationId })
  const rest = {
    principal: mine.owner,
    role: "owner",
    body: undefined,
    ifMatch: undefined,
  } as const
  return db.scope(mine, (ctx) => totals({ ctx, params, query, ...rest }))
}

const measure = (sourceKey: string, quantity: number, of: Measured["meter"] = "machine.seconds") =>
  db.scope(mine, (ctx) => meter(ctx, { meter: of, quantity, sourceKey, subject: "vm_1" }))
/** The end of a period is not part of it: what was just measured is summed a moment later. */
const aMomentLater = () => clock.advance(1)

const secondsOf = async (query?: { from?: string; to?: string }) =>
  (await read(query)).totals.find((total) => total.meter === "machine.seconds")?.quantity

test("the same fact recorded twice counts once", async () => {
  expect(await measure("vm_1:12:00", 60)).toBe(true)
  expect(await measure("vm_1:12:00", 60)).toBe(false)
  expect(await measure("vm_1:12:01", 30)).toBe(true)
  aMomentLater()
  expect(await secondsOf()).toBe(90)
})

test("the same fact recorded by many at once counts once", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => measure("vm_1:12:00", 60)))
  expect(answers.filter(Boolean)).toHaveLength(1)
  aMomentLater()
  expect(await secondsOf()).toBe(60)
})

test("meters are apart, each with its unit, also those that stand at nothing", async () => {
  await measure("k", 60)
  await measure("k", 1200, "agent.tokens.input")
  aMomentLater()
  const counted: Partial<Record<Meter, number>> = {
    "machine.seconds": 60,
    "agent.tokens.input": 1200,
  }
  expect((await read()).totals).toEqual(
    Object.entries(meters).map(([meter, { name, unit }]) => ({
      ...{ meter, name, unit },
      quantity: counted[meter as Meter] ?? 0, // the keys of its record
    })),
  )
})

test("this month is summed unless a period is named; its end is not part of it", async () => {
  const measuredAt = clock.now().toISOString()
  await measure("now", 5)
  expect(await read()).toMatchObject({ from: "2026-01-01T00:00:00.000Z", to: measuredAt })
  aMomentLater()
  const later = clock.now().toISOString()
  expect(await secondsOf({ from: measuredAt, to: later })).toBe(5)
  expect(await secondsOf({ from: "2025-01-01T00:00:00.000Z", to: measuredAt })).toBe(0)
})

test("a period that ends before it begins is refused", async () => {
  const backwards = read({ from: "2026-02-01T00:00:00.000Z", to: "2026-01-01T00:00:00.000Z" })
  await expect(backwards).rejects.toMatchObject({ code: "invalid" })
})

test("another organization's use is not counted", async () => {
  await measure("k", 60)
  mine = await createOrganization(db)
  expect(await secondsOf()).toBe(0)
})

test.each([-1, 0.5, Number.NaN])("%d units cannot be metered", async (quantity) => {
  await expect(measure("k", quantity)).rejects.toThrow("whole units")
})
