import { expect } from "vitest"
import type { Asked, ShopWorld } from "./shop-world.ts"

/** A list of the shop's, and what of each of its things counts. */
export interface Reading extends Asked {
  path: string
  things(answer: unknown): unknown[]
}

/** How many orders of the platform a test sends through a shop: `VIBECAAS_TEST_PROBES` where it is set. */
export const probesOr = (usual: number): number => Number(process.env.VIBECAAS_TEST_PROBES) || usual

/** Many probes leave what people see of a shop as it was, but for marked orders that are cancelled. */
export async function probesLeaveNothing(
  shop: ShopWorld,
  { times, readings }: { times: number; readings: readonly Reading[] },
): Promise<void> {
  const read = () =>
    Promise.all(
      readings.map(async ({ path, things, ...of }) => {
        const { status, text } = await shop.get(path, of)
        expect(status, text).toBe(200)
        return things(JSON.parse(text))
      }),
    )
  const [before, ordersBefore] = [await read(), await ordersOf(shop, 100)]
  for (let round = 0; round < times; round++)
    expect(await shop.probe("order", `round${round}`)).toMatchObject({ ok: true })
  expect(await read()).toEqual(before)
  const orders = await ordersOf(shop, ordersBefore.length + times)
  const known = new Set(ordersBefore.map(({ id }) => id))
  expect(orders.filter(({ id }) => known.has(id))).toEqual(ordersBefore)
  const made = orders.filter(({ id }) => !known.has(id))
  expect(made).toHaveLength(times)
  expect(made.every(({ probe, state }) => probe && /^cancell?ed$/.test(state))).toBe(true)
}

async function ordersOf(shop: ShopWorld, limit: number) {
  const read = await shop.orders(limit)
  if ("orders" in read) return read.orders
  throw new Error(`no orders: ${JSON.stringify(read.failed)}`)
}
