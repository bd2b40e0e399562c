import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { run } from "@vibecaas/kernel/spawn"
import { afterEach, expect, test } from "vitest"
import { ask } from "../../ask.ts"
import { installWooCommerce } from "../../install/install-woocommerce.ts"
import { installDir, readRecord } from "../../install/place-install.ts"
import { probesLeaveNothing, probesOr } from "../testing/probes-leave-nothing.ts"
import { type ShopWorld, shopWorld } from "../testing/shop-world.ts"
import { woocommerce } from "./engine.ts"
import { restKey, restSecret } from "./requests.ts"

const bed = process.env.VIBECAAS_TEST_SHOPS_BED ?? ""
const needs =
  "needs a folder with wordpress-*.tar.zst and woocommerce-*.tar.zst; say where by VIBECAAS_TEST_SHOPS_BED"

let world: ShopWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

/** Both releases of the bed, installed as an operator does it, and kept from one run to the next. */
async function installed(): Promise<string> {
  const enginesDir = join(import.meta.dirname, "../../../../../.cache/engines")
  const file = (name: string) => readdirSync(bed).find((each) => each.startsWith(name)) ?? name
  const newId = makeNewId(systemClock)
  const now = () => systemClock.now().toISOString()
  const tools = {
    place: { enginesDir, now, newId: () => newId("tmp") },
    run,
    env: { PATH: process.env.PATH ?? "" },
  }
  for (const version of ["10.9.4", "11.0.1"]) {
    if (await readRecord(installDir(enginesDir, { engine: "woocommerce", version }))) continue
    const plugin = { path: join(bed, file(`woocommerce-${version}`)) }
    await installWooCommerce(tools, { core: { path: join(bed, file("wordpress-")) }, plugin })
  }
  return enginesDir
}

/** As WooCommerce's own API tells it. */
async function emailOfAdmin({ local, release }: ShopWorld): Promise<unknown> {
  const key = `${restKey(release.secrets)}:${restSecret(release.secrets)}`
  const { text } = await ask(await local.backend.connect(release.storeId, "shop"), {
    ...{ method: "GET", path: "/wp-json/wc/v3/customers/1", timeoutMs: 30_000 },
    headers: {
      host: new URL(release.url).host,
      authorization: `Basic ${Buffer.from(key).toString("base64")}`,
      "x-forwarded-proto": "https",
    },
  })
  return JSON.parse(text).email
}

/** Each takes one to two seconds. */
const probes = probesOr(50)
const values = { adminEmail: "owner@example.com", currency: "USD", countries: "US,CA" }

/** A new shop of a version, up to where it listens; nothing is done where the system lacks what it needs. */
async function provisioned(version: string): Promise<ShopWorld> {
  const shop = await shopWorld(woocommerce, { enginesDir: await installed(), version, values })
  world = shop
  if (shop.lacks) return shop
  await shop.local.backend.ensure(shop.release, "none")
  for (const hook of shop.engine.provisioning("nothing")) await shop.run(hook)
  await shop.running()
  return shop
}

test(`${probes} probes of a WooCommerce shop leave its products, stock and orders as they were`, {
  timeout: 600_000,
}, async ({ skip }) => {
  if (!existsSync(bed)) return skip(needs)
  const shop = await provisioned("11.0.1")
  if (shop.lacks) return skip(shop.lacks)
  const { secrets } = shop.release
  const key = Buffer.from(`${restKey(secrets)}:${restSecret(secrets)}`).toString("base64")
  const headers = { authorization: `Basic ${key}`, "x-forwarded-proto": "https" }
  type Product = Record<string, unknown> & { sku: string }
  await probesLeaveNothing(shop, {
    times: probes,
    readings: [
      {
        ...{ path: "/wp-json/wc/v3/products?per_page=100&orderby=id", headers },
        things: (answer) =>
          (answer as Product[]) // WooCommerce's REST
            .filter(({ sku }) => sku !== "ORDER-PROBE")
            .map(({ id, stock_quantity, stock_status, total_sales }) => ({
              ...{ id, stock_quantity, stock_status, total_sales },
            })),
      },
      {
        ...{ path: "/wp-json/wc/v3/customers?per_page=100&role=all", headers },
        things: (answer) => (answer as { id: number }[]).map(({ id }) => id), // as above
      },
    ],
  })
})

test("a WooCommerce shop sells, is upgraded with its orders, restored, and leaves nothing", {
  timeout: 280_000,
}, async ({ skip }) => {
  if (!existsSync(bed)) return skip(needs)
  const shop = await provisioned("10.9.4")
  if (shop.lacks) return skip(shop.lacks)
  const { backend } = shop.local
  expect(await shop.probe("ready")).toMatchObject({ ok: true })
  expect(await shop.probe("order", "first")).toMatchObject({ ok: true })

  const page = await shop.get("/shop/")
  expect(page.text).toContain("Stoneware mug")
  expect(page.text).not.toContain("Order probe")
  expect((await shop.get("/?s=order+probe&post_type=product")).text).not.toContain("order-probe")
  expect((await shop.get("/wp-content/plugins/woocommerce/woocommerce.php")).status).toBe(404)
  expect(
    (await shop.get("/wp-content/plugins/woocommerce/assets/css/woocommerce.css")).status,
  ).toBe(200)

  shop.release.values = { ...values, adminEmail: "new@example.com", locale: "de" }
  await shop.run("personalise")
  await shop.running()
  expect(await shop.probe("order", "german")).toMatchObject({ ok: true })
  expect((await shop.get("/shop/")).text).toMatch(/12,50(&nbsp;|\u00a0)<span/)
  expect(await emailOfAdmin(shop)).toBe("new@example.com")

  const backup = { storeId: shop.release.storeId, backupId: "before" }
  await backend.backup(shop.release, backup.backupId)
  shop.release.version = "11.0.1"
  await shop.run("upgrade", "10.9.4")
  await shop.running()
  expect(await shop.probe("order", "second")).toMatchObject({ ok: true })
  expect(await shop.orders()).toMatchObject({
    orders: [
      { state: "cancelled", probe: true, currency: "USD" },
      { state: "cancelled", probe: true },
      { state: "cancelled", probe: true },
    ],
  })

  shop.release.version = "10.9.4"
  await backend.restore(shop.release, backup)
  await shop.run("personalise")
  await shop.running()
  expect(await shop.orders()).toMatchObject({ orders: [{ probe: true }, { probe: true }] })
  expect(await shop.probe("order", "third")).toMatchObject({ ok: true })
  // Running a step again, as after a crash, changes nothing.
  for (const hook of shop.engine.provisioning("nothing")) await shop.run(hook)
  expect(await shop.probe("order", "fourth")).toMatchObject({ ok: true })
  expect(await backend.destroy(shop.release.storeId)).toEqual([])
})
