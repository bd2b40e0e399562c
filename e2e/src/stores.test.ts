import type { Store } from "@vibecaas/contract/store"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn as signInByApi, visitAllTheTime } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import {
  complaintsOf,
  openBrowser,
  openPage,
  photograph,
  scrollsSidewaysBy,
  signIn,
  wide,
} from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"

let platform: Platform
let browser: Browser
let page: Page
let person: Person
let complaints: string[]
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  page = (await openPage(browser, wide)).page
  complaints = complaintsOf(page)
  platform = await starting
  person = await signInByApi(platform)
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const views = [
  ["light", 375],
  ["dark", 375],
  ["dark", 1440],
] as const
const tab = (name: string) => page.getByRole("tab", { name }).click()
const untilState = (state: string) =>
  page.getByRole("status").getByText(state, { exact: true }).waitFor()
const storeNow = async () => (await person.call("GET /stores", {})).items[0] as Store

test("a click becomes a shop: made in steps that one sees, and bought from in its own address", async () => {
  onTestFailed(() => photograph(page, "store-made"))
  await signIn(page, platform.url, platform.admin)
  await page.getByRole("link", { name: "Stores", exact: true }).click()
  await page.getByRole("button", { name: "New store" }).first().click()
  const dialog = page.getByRole("dialog", { name: "New store" })
  await dialog.getByLabel("Name").fill("Linden Books")
  await dialog.getByRole("combobox", { name: "Version" }).click()
  await page.getByRole("option", { name: "1.0.0" }).click()
  await page.getByRole("button", { name: "Create store" }).click()
  await page.getByRole("heading", { name: "Linden Books", level: 1 }).waitFor()
  await untilState("Ready")
  await page
    .getByText(/was placed, found and cancelled/)
    .first()
    .waitFor()
  expect(await axeBreaches(page)).toEqual([])
  expect(await scrollsSidewaysBy(page)).toBe(0)

  const shop = await page.context().newPage()
  await shop.goto((await storeNow()).url)
  await shop.getByRole("link", { name: "Dotted notebook" }).click()
  await shop.getByRole("button", { name: "Add to cart" }).click()
  await shop.getByLabel("E-mail").fill("ada@example.com")
  await shop.getByLabel("Name").fill("Ada")
  await shop.getByLabel("Address").fill("1 Linden Street")
  await shop.getByRole("button", { name: "Place order" }).click()
  await shop.waitForURL(/\/orders\//)
  await shop.close()
})

test("what customers bought is in the store's orders, and outlives an upgrade", async () => {
  onTestFailed(() => photograph(page, "store-upgraded"))
  await tab("Orders")
  await page.getByText("ada@example.com").waitFor()
  await tab("Releases")
  const visits = visitAllTheTime(platform, (await storeNow()).url)
  await page.getByRole("combobox", { name: "Version" }).click()
  await page.getByRole("option", { name: "1.1.0" }).click()
  await page.getByRole("button", { name: "Upgrade", exact: true }).click()
  await page.getByRole("button", { name: "Upgrade store" }).click()
  await page.getByRole("row", { name: /2 1\.1\.0 Runs Upgraded without a stop/ }).waitFor()
  const { statuses, count } = await visits.end()
  expect(statuses).toEqual([200])
  expect(count).toBeGreaterThan(10)
  await tab("Orders")
  await page.getByText("ada@example.com").waitFor()
})

test("a backup is taken away and brought again, proved by a drill, and begins another store", async () => {
  onTestFailed(() => photograph(page, "store-backups"))
  await tab("Backups")
  await page.getByRole("button", { name: "Back up now" }).click()
  const made = page.getByRole("row", { name: /Asked for, 1\.1\.0/ })
  await made.getByText("Kept").waitFor()
  const download = page.waitForEvent("download")
  await made.getByRole("link", { name: /Download the backup/ }).click()
  const archive = await (await download).path()
  await page.getByLabel("Backup to upload").setInputFiles(archive)
  const brought = page.getByRole("row", { name: /Uploaded, 1\.1\.0/ })
  await brought.waitFor()
  await untilState("Ready")
  await page.getByRole("button", { name: "Drill now" }).click()
  await page.getByText(/^Sells after/).waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await untilState("Ready")
  await brought.getByRole("button", { name: "New store" }).click()
  const dialog = page.getByRole("dialog", { name: "New store" })
  await dialog.getByLabel("Name").fill("Linden Copy")
  await dialog.getByRole("button", { name: "Create store" }).click()
  await page.getByRole("heading", { name: "Linden Copy", level: 1 }).waitFor()
  await untilState("Ready")
  await tab("Orders")
  await page.getByText("ada@example.com").waitFor()
})

test("stores are deleted from the list, and their last backups stay where they can be had", async () => {
  onTestFailed(() => photograph(page, "stores-deleted"))
  await page.getByRole("link", { name: "Stores", exact: true }).first().click()
  await page.getByRole("checkbox", { name: "Select Linden Copy" }).focus()
  await page.keyboard.press("Space")
  const chosen = page.getByRole("toolbar", { name: "Selected stores" })
  await chosen.getByRole("button", { name: "Delete" }).click()
  const dialog = page.getByRole("dialog", { name: "Delete 1 store?" })
  await dialog.getByRole("textbox").fill("1")
  await dialog.getByRole("button", { name: "Delete 1 store" }).click()
  const kept = page.getByRole("table", { name: "Backups without a store" })
  await kept.getByRole("link", { name: "Download the backup of Linden Copy" }).waitFor()
  await page.getByRole("link", { name: "Linden Copy", exact: true }).waitFor({ state: "detached" })
  expect(await axeBreaches(page)).toEqual([])
  for (const [theme, width] of views) {
    await page.emulateMedia({ colorScheme: theme })
    await page.setViewportSize({ width, height: 900 })
    expect(await scrollsSidewaysBy(page)).toBe(0)
  }
  await page.emulateMedia({ colorScheme: "light" })
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole("link", { name: "Linden Books", exact: true }).click()
  await page.getByRole("heading", { name: "Linden Books", level: 1 }).waitFor()
})

test("going back brings the release of before, and a deleted store leaves nothing", async () => {
  onTestFailed(() => photograph(page, "store-deleted"))
  await tab("Releases")
  await page.getByRole("button", { name: "Roll back to release 1" }).click()
  await page.getByRole("button", { name: "Roll back store" }).click()
  await page.getByRole("row", { name: /3 1\.0\.0 Runs/ }).waitFor()
  const { url } = await storeNow()
  await tab("Settings")
  await page.getByRole("button", { name: "Delete store" }).click()
  const dialog = page.getByRole("dialog", { name: "Delete Linden Books?" })
  await dialog.getByRole("textbox").fill("Linden Books")
  await dialog.getByRole("button", { name: "Delete store" }).click()
  await page.getByText("Linden Books is deleted").waitFor()
  expect((await person.call("GET /stores", {})).items).toEqual([])
  const shop = await page.context().newPage()
  expect((await shop.goto(url))?.status()).toBe(404)
  await shop.close()
  expect(complaints).toEqual([])
})
