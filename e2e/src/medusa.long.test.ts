import { afterAll, beforeAll, expect, onTestFailed } from "vitest"
import { visitAllTheTime } from "./api.ts"
import { photograph } from "./browser.ts"
import { fillAddress } from "./buyer.ts"
import { factsOf, installEngine, leftOf, openRealShop, type RealShop } from "./real-shop.ts"
import { restoreBackup, rollBack, sellsOn, upgrade } from "./shop-history.ts"

/** They work with the same tables: the newer one is started beside the older one. */
const [older, newer] = ["2.21.1", "2.21.2"] as const
let at: RealShop | { lacks: string } = { lacks: "it was not begun" }
beforeAll(async () => {
  const lacks =
    (await installEngine({ engine: "medusa", version: newer }, [`medusa@${newer}`, "--admin"])) ??
    (await installEngine({ engine: "medusa", version: older }, [`medusa@${older}`]))
  at = lacks
    ? { lacks: `needs npm and its registry: ${lacks}` }
    : await openRealShop({ name: "Linden Mugs", engine: "medusa", version: older })
}, 1_800_000)
afterAll(async () => {
  if (!("lacks" in at)) await at.close()
})
const fact = factsOf(() => at)

/** A visitor of their own buys a mug in our storefront. */
async function buy({ visit, store }: RealShop, email: string): Promise<void> {
  const page = await visit()
  onTestFailed(() => photograph(page, `bought by ${email}`))
  await page.goto((await store()).url)
  await page.getByRole("link", { name: "Stoneware mug" }).first().click()
  await page.getByRole("button", { name: "Add to cart" }).click()
  await page.getByRole("status").getByRole("link", { name: "See the cart" }).click()
  await page.getByRole("link", { name: "Check out" }).click()
  await fillAddress(page)
  await page.getByLabel("E-mail").fill(email)
  await page.getByRole("button", { name: "Go on to delivery" }).click()
  await page.getByRole("radio", { name: "Express" }).check()
  await page.getByRole("button", { name: "Go on to check" }).click()
  await page.getByRole("button", { name: "Place the order" }).click()
  await page.getByRole("heading", { name: "Thank you" }).waitFor()
  await page.close()
}

fact(
  "a real Medusa is made by a wish, and is ready once an order has gone through it",
  async (shop) => {
    expect(await shop.untilReady()).toMatchObject({ version: older, lastOrder: { ok: true } })
  },
)

fact("somebody buys in it in a browser, and the order is in the store's orders", async (shop) => {
  await buy(shop, "ada@example.com")
  await shop.show("orders")
  await shop.page.getByText("ada@example.com").waitFor()
})

fact(
  "its next patch is started beside it, sells, and takes its place: no visitor is refused",
  async (shop) => {
    const visits = visitAllTheTime(shop.platform, (await shop.store()).url)
    await upgrade(shop, /2 2\.21\.2 Runs Upgraded without a stop/, 240_000)
    expect(await shop.untilReady()).toMatchObject({ version: newer, lastOrder: { ok: true } })
    const { statuses, count } = await visits.end()
    expect(statuses).toEqual([200])
    expect(count).toBeGreaterThan(100)
    await sellsOn(shop, buy)
  },
)

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

fact("rolled back, it has the orders of before and sells as the older patch", (shop) =>
  rollBack(shop, older, 240_000),
)

fact("a backup is restored: what was bought since is gone", (shop) => restoreBackup(shop, buy))

fact("a real Medusa that is deleted leaves nothing", async (shop) => {
  const { id, url, name } = await shop.store()
  await shop.person.call("DELETE /stores/{storeId}", {
    ...{ params: { storeId: id }, body: { name, backup: false } },
  })
  const stores = async () => (await shop.person.call("GET /stores", {})).items
  await expect.poll(stores, { interval: 500 }).toEqual([])
  expect(await leftOf(shop, { id, url })).toEqual([])
})
