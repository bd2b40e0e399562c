import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, onTestFailed } from "vitest"
import { photograph } from "./browser.ts"
import { factsOf, installEngine, leftOf, openRealShop, type RealShop } from "./real-shop.ts"
import { restoreBackup, rollBack, sellsOn, upgrade } from "./shop-history.ts"

const bed = process.env.VIBECAAS_TEST_SHOPS_BED ?? ""
const [older, newer] = ["10.9.4", "11.0.1"] as const

let at: RealShop | { lacks: string } = {
  lacks:
    "needs a folder with wordpress-*.tar.zst and woocommerce-*.tar.zst; say where by VIBECAAS_TEST_SHOPS_BED",
}
beforeAll(async () => {
  if (!existsSync(bed)) return
  for (const version of [older, newer]) {
    const argv = ["--core", archive("wordpress-"), "--plugin", archive(`woocommerce-${version}`)]
    const lacks = await installEngine({ engine: "woocommerce", version }, ["woocommerce", ...argv])
    if (lacks) at = { lacks }
    if (lacks) return
  }
  at = await openRealShop({ name: "Linden Mugs", engine: "woocommerce", version: older })
}, 300_000)
afterAll(async () => {
  if (!("lacks" in at)) await at.close()
})
const fact = factsOf(() => at)

const archive = (name: string) =>
  join(bed, readdirSync(bed).find((each) => each.startsWith(name)) ?? name)

/** A visitor of their own puts a mug into the cart and orders it. */
async function buy({ visit, store }: RealShop, email: string): Promise<void> {
  const page = await visit()
  onTestFailed(() => photograph(page, `bought by ${email}`))
  const { url } = await store()
  await page.goto(`${url}/product/stoneware-mug/`)
  await page.getByRole("button", { name: "Add to cart" }).first().click()
  await page.goto(`${url}/checkout/`)
  const address = {
    "Email address": email,
    "First name": "Ada",
    "Last name": "Lovelace",
    Address: "1 Main Street",
    "Postal code": "10115",
    City: "Berlin",
  }
  for (const [label, value] of Object.entries(address))
    await page.getByLabel(label, { exact: true }).first().fill(value)
  // What was typed is sent a moment later; a click meanwhile is not heard, as people know from such pages.
  const place = page.getByRole("button", { name: "Place Order" })
  const thanks = page.getByText("Your order has been received").first()
  const ordered = async () => {
    if (await place.isEnabled({ timeout: 1000 }).catch(() => false))
      await place.click({ timeout: 1000 }).catch(() => {})
    return thanks.isVisible()
  }
  await expect.poll(ordered, { timeout: 60_000, interval: 3000 }).toBe(true)
  await page.close()
}

fact(
  "a real WooCommerce is made by a wish, and is ready once an order has gone through it",
  async (shop) => {
    expect(await shop.untilReady()).toMatchObject({ version: older, lastOrder: { ok: true } })
  },
)

fact("somebody buys in it in a browser, and the order is in the store's orders", async (shop) => {
  await buy(shop, "ada@example.com")
  await shop.show("orders")
  await shop.page.getByText("ada@example.com").waitFor()
})

fact("it is upgraded with its orders, and sells as the newer version", async (shop) => {
  await upgrade(shop, /2 11\.0\.1 Runs/, 180_000)
  expect(await shop.untilReady()).toMatchObject({ version: newer, lastOrder: { ok: true } })
  await sellsOn(shop, buy)
})

fact("rolled back, it has the orders of before and sells as the older version", (shop) =>
  rollBack(shop, older, 180_000),
)

fact("a backup is restored: what was bought since is gone, what was before is there", (shop) =>
  restoreBackup(shop, buy),
)

fact("deleted, nothing of it is left but its last backup", async (shop) => {
  const { page } = shop
  const store = await shop.store()
  await shop.show("settings")
  await page.getByRole("button", { name: "Delete store" }).click()
  const dialog = page.getByRole("dialog", { name: "Delete Linden Mugs?" })
  await dialog.getByRole("textbox").fill("Linden Mugs")
  await dialog.getByRole("button", { name: "Delete store" }).click()
  await page.getByText("Linden Mugs is deleted").waitFor()
  expect(await leftOf(shop, store)).toEqual([])
})
