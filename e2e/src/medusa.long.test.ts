import { afterAll, beforeAll, expect, onTestFailed } from "vitest"
import { photograph } from "./browser.ts"
import { fillAddress } from "./buyer.ts"
import { factsOf, installEngine, leftOf, openRealShop, type RealShop } from "./real-shop.ts"

const version = "2.21.2"
let at: RealShop | { lacks: string } = { lacks: "it was not begun" }
beforeAll(async () => {
  const lacks = await installEngine({ engine: "medusa", version }, [`medusa@${version}`, "--admin"])
  at = lacks
    ? { lacks: `needs npm and its registry: ${lacks}` }
    : await openRealShop({ name: "Linden Mugs", engine: "medusa", version })
}, 1_200_000)
afterAll(async () => {
  if (!("lacks" in at)) await at.close()
})
const fact = factsOf(() => at)

fact(
  "a real Medusa is made by a wish, and is ready once an order has gone through it",
  async (shop) => {
    expect(await shop.untilReady()).toMatchObject({ state: "ready", lastOrder: { ok: true } })
  },
)

fact("somebody buys in it in a browser, and the order is in the store's orders", async (shop) => {
  const page = await shop.visit()
  onTestFailed(() => photograph(page, "medusa"))
  await page.goto((await shop.store()).url)
  await page.getByRole("link", { name: "Stoneware mug" }).first().click()
  await page.getByRole("button", { name: "Add to cart" }).click()
  await page.getByRole("status").getByRole("link", { name: "See the cart" }).click()
  await page.getByRole("link", { name: "Check out" }).click()
  await fillAddress(page)
  await page.getByRole("button", { name: "Go on to delivery" }).click()
  await page.getByRole("radio", { name: "Express" }).check()
  await page.getByRole("button", { name: "Go on to check" }).click()
  await page.getByRole("button", { name: "Place the order" }).click()
  await page.getByRole("heading", { name: "Thank you" }).waitFor()

  await shop.show("orders")
  await shop.page.getByText("ada@example.com").waitFor()
})

fact("its shopkeeper signs in at the admin's own host, and finds the order there", async (shop) => {
  const { person } = shop
  const page = await shop.visit()
  onTestFailed(() => photograph(page, "medusa"))
  const { id, adminUrl } = await shop.store()
  const { items } = await person.call("POST /stores/{storeId}/credentials/reveal", {
    ...{ params: { storeId: id }, body: { reason: "to look at an order" } },
  })
  const [address, user, password] = items.map(({ value }) => value)
  expect(address).toBe(`${adminUrl}/app`)
  await page.goto(address ?? "")
  await page.getByPlaceholder("Email").fill(user ?? "")
  await page.getByPlaceholder("Password").fill(password ?? "")
  await page.getByRole("button", { name: /Continue with Email/ }).click()
  await page.waitForURL(/\/app\/orders/)
  await page.getByText("ada@example.com").first().waitFor()
})

fact("a real Medusa that is deleted leaves nothing", async (shop) => {
  const { id, url, name } = await shop.store()
  await shop.person.call("DELETE /stores/{storeId}", {
    ...{ params: { storeId: id }, body: { name, backup: false } },
  })
  const stores = async () => (await shop.person.call("GET /stores", {})).items
  await expect.poll(stores, { interval: 500 }).toEqual([])
  expect(await leftOf(shop, { id, url })).toEqual([])
})
