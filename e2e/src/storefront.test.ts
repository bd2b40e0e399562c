import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import type { Server } from "node:http"
import { resolve } from "node:path"
import {
  type ShopBehind,
  shopBehind,
  shopKey,
} from "@vibecaas/stores/storefront/testing/shop-behind"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { axeBreaches, contrastBreaches } from "./axe.ts"
import { openBrowser, openPage, photograph, type View } from "./browser.ts"
import { fillAddress } from "./buyer.ts"
import { freePort } from "./platform.ts"

// Our storefront as a process of its own, before a shop's server that answers from memory.
const serve = resolve(import.meta.dirname, "../../packages/stores/src/storefront/main/serve.ts")
const look = {
  name: "Hearth & Table",
  tagline: "Things for long evenings",
  accent: "#b4471f",
  locale: "en",
}
const wares = [
  {
    title: "Stoneware mug",
    handle: "stoneware-mug",
    prices: [12.5, 16],
    stock: 3,
    description: "Holds a third of a litre and keeps it warm.\nSafe in the dishwasher.",
  },
  { title: "Linen tea towel", handle: "linen-tea-towel", prices: [9] },
  { title: "Oak serving board", handle: "oak-serving-board", prices: [34] },
  { title: "Beeswax candle", handle: "beeswax-candle", prices: [7.2], stock: 0 },
  { title: "Enamel kettle", handle: "enamel-kettle", prices: [48] },
]

let shop: ShopBehind
let front: ChildProcess
let browser: Browser
let url: string
beforeAll(async () => {
  const [behind, port] = [await freePort(), await freePort()]
  shop = shopBehind(wares)
  await listening(shop.server, behind)
  url = `http://localhost:${port}`
  front = spawn(process.execPath, [serve], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      STORE_URL: url,
      STORE_LOOK: JSON.stringify(look),
      SHOP_LISTEN: `127.0.0.1:${behind}`,
      PUBLISHABLE_KEY: shopKey,
      LISTEN: `127.0.0.1:${port}`,
    },
  })
  if (front.stdout) await once(front.stdout, "data")
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  front?.kill()
  shop?.server.close()
  shop?.server.closeAllConnections()
})

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done) => server.listen(port, "127.0.0.1", done))
}

/** A page is whole when axe finds nothing in either scheme and nothing scrolls sideways. */
async function whole(page: Page, name: string): Promise<void> {
  onTestFailed(() => photograph(page, name))
  expect(await axeBreaches(page), name).toEqual([])
  const sideways = "document.documentElement.scrollWidth > innerWidth"
  expect(await page.evaluate(sideways), `${name} scrolls sideways`).toBe(false)
  await page.emulateMedia({ colorScheme: "dark" })
  expect(await contrastBreaches(page), `${name}, dark`).toEqual([])
  if (process.env.VIBECAAS_TEST_PICTURES) await photograph(page, `${name}-dark`)
  await page.emulateMedia({ colorScheme: "light" })
  if (process.env.VIBECAAS_TEST_PICTURES) await photograph(page, name)
}

async function opened(view: View): Promise<{ context: BrowserContext; page: Page }> {
  return openPage(browser, view)
}

/** From the first page to the order, as somebody does it who has never been here. */
async function buy(page: Page, size: string): Promise<void> {
  await page.goto(url)
  await whole(page, `shop-${size}-list`)
  await page.getByRole("searchbox", { name: "Search products" }).fill("mug")
  await page.keyboard.press("Enter")
  await page.getByRole("link", { name: "Stoneware mug" }).click()
  await whole(page, `shop-${size}-product`)
  await page.getByRole("radio", { name: "Size 2" }).check()
  await page.getByLabel("Quantity").fill("2")
  await page.getByRole("button", { name: "Add to cart" }).click()
  await page.getByRole("status").getByRole("link", { name: "See the cart" }).click()
  await page.getByText("€32.00").first().waitFor()
  await whole(page, `shop-${size}-cart`)
  await page.getByRole("link", { name: "Check out" }).click()
  await page.getByRole("button", { name: "Go on to delivery" }).click()
  await page.getByText("6 fields need another look.").waitFor()
  await whole(page, `shop-${size}-mistakes`)
  await fillAddress(page)
  await page.getByRole("button", { name: "Go on to delivery" }).click()
  await page.getByRole("radio", { name: "Express" }).check()
  await whole(page, `shop-${size}-delivery`)
  await page.getByRole("button", { name: "Go on to check" }).click()
  await page.getByText("€44.00").waitFor()
  await whole(page, `shop-${size}-review`)
  await page.getByRole("button", { name: "Place the order" }).click()
  await page.getByRole("heading", { name: "Thank you" }).waitFor()
  await whole(page, `shop-${size}-order`)
}

test("somebody buys in the storefront on a wide screen, and every page is clear to all", async () => {
  const { context, page } = await opened({ width: 1440, scheme: "light" })
  const failures: string[] = []
  page.on("console", (message) => message.type() === "error" && failures.push(message.text()))
  await buy(page, "wide")
  expect(shop.orders.at(-1)).toMatchObject({ email: "ada@example.com", total: 44 })
  expect(failures.filter((text) => !/422/.test(text))).toEqual([])
  await context.close()
})

test("somebody buys in the storefront on a phone", async () => {
  const { context, page } = await opened({ width: 375, scheme: "light" })
  await buy(page, "phone")
  expect(shop.orders).toHaveLength(2)
  await context.close()
})
