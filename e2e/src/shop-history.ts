import { expect } from "vitest"
import type { RealShop } from "./real-shop.ts"

type Buy = (shop: RealShop, email: string) => Promise<void>

/**
 * Upgrades the store by its screen.
 *
 * @param row the new release's, once it runs
 * @param timeout how long that may take, in `ms`
 */
export async function upgrade(
  { page, show }: RealShop,
  row: RegExp,
  timeout: number,
): Promise<void> {
  await show("releases")
  await page.getByRole("button", { name: "Upgrade", exact: true }).click()
  await page.getByRole("button", { name: "Upgrade store" }).click()
  await page.getByRole("row", { name: row }).waitFor({ timeout })
}

/** Orders of before an upgrade are there, and one of after it too. */
export async function sellsOn(shop: RealShop, buy: Buy): Promise<void> {
  await buy(shop, "grace@example.com")
  await shop.show("orders")
  for (const email of ["ada@example.com", "grace@example.com"])
    await shop.page.getByText(email).waitFor()
}

/** Goes back to the first release: what was bought since is gone, and it sells. */
export async function rollBack(shop: RealShop, older: string, timeout: number): Promise<void> {
  const { page } = shop
  await shop.show("releases")
  await page.getByRole("button", { name: "Roll back to release 1" }).click()
  await page.getByRole("button", { name: "Roll back store" }).click()
  const row = new RegExp(`3 ${older.replaceAll(".", "\\.")} Runs`)
  await page.getByRole("row", { name: row }).waitFor({ timeout })
  expect(await shop.untilReady()).toMatchObject({ version: older, lastOrder: { ok: true } })
  await shop.show("orders")
  await page.getByText("ada@example.com").waitFor()
  expect(await page.getByText("grace@example.com").count()).toBe(0)
}

/** Puts a backup in place: what was bought since is gone, and what was before is there. */
export async function restoreBackup(shop: RealShop, buy: Buy): Promise<void> {
  const { page, person } = shop
  const of = { params: { storeId: (await shop.store()).id } }
  await person.call("POST /stores/{storeId}/backups", of)
  await shop.untilReady()
  await buy(shop, "late@example.com")
  await shop.show("orders")
  await page.getByText("late@example.com").waitFor()
  await page.getByRole("tab", { name: "Backups" }).click()
  const made = page.getByRole("row", { name: /Asked for/ })
  await made.getByRole("button", { name: "Restore" }).click()
  await page.getByRole("button", { name: "Restore backup" }).click()
  await page.getByRole("dialog").waitFor({ state: "hidden" })
  expect(await shop.untilReady()).toMatchObject({ work: { work: "restore", state: "done" } })
  await shop.show("orders")
  await page.getByText("ada@example.com").waitFor()
  expect(await page.getByText("late@example.com").count()).toBe(0)
}
