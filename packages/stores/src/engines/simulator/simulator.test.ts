import { afterAll, beforeAll, expect, test } from "vitest"
import { probesLeaveNothing } from "../testing/probes-leave-nothing.ts"
import { type ShopWorld, shopWorld } from "../testing/shop-world.ts"
import { simulatorEngine } from "./engine.ts"

let shop: ShopWorld
beforeAll(async () => {
  shop = await shopWorld(simulatorEngine, { enginesDir: "/none", version: "2.0.0", values: {} })
  await shop.local.backend.ensure(shop.release, "none")
  for (const hook of shop.engine.provisioning("nothing")) await shop.run(hook)
  await shop.running()
})
afterAll(() => shop?.close())

test("a hundred probes leave a shop's orders, stock and mails as a customer's order left them", async () => {
  const { publishableKey = "", adminToken } = shop.release.secrets
  const visitor = { headers: { "x-publishable-key": publishableKey } }
  const admin = { headers: { authorization: `Bearer ${adminToken}` } }
  await buyAsCustomer(visitor)
  const list = (path: string, name: string, of: typeof visitor | typeof admin) => ({
    ...{ path, ...of },
    // A list of the shop's API, by its own name.
    things: (answer: unknown) => (answer as Record<string, unknown[]>)[name] ?? [],
  })
  const mails = list("/admin/mails", "mails", admin)
  expect(mails.things(JSON.parse((await shop.get(mails.path, mails)).text))).toHaveLength(1)
  await probesLeaveNothing(shop, {
    times: 100,
    readings: [mails, list("/store/products", "products", visitor)],
  })
})

/** What somebody who is no probe buys: it counts, and they hear of it. */
async function buyAsCustomer(visitor: { headers: Record<string, string> }): Promise<void> {
  const of = async (path: string, body?: object) => {
    const { status, text } = await shop.get(path, { ...visitor, ...(body ? { body } : {}) })
    expect(status, text).toBe(200)
    return JSON.parse(text)
  }
  const { products } = await of("/store/products")
  const { cart } = await of("/store/carts", {})
  const at = `/store/carts/${cart.id}`
  await of(`${at}/items`, { productId: products[0].id, quantity: 1 })
  await of(`${at}/address`, { email: "ada@example.com", name: "Ada", address: "1 Main Street" })
  await of(`${at}/shipping`, { optionId: "parcel" })
  expect(await of(`${at}/complete`, { payment: "cash" })).toMatchObject({ type: "order" })
}
