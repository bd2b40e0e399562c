import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { run } from "@vibecaas/kernel/spawn"
import { afterEach, expect, test } from "vitest"
import { installEnvironment } from "../../install/install-environment.ts"
import { installMedusa } from "../../install/install-medusa.ts"
import { readRecord } from "../../install/place-install.ts"
import { type ShopWorld, shopWorld } from "../testing/shop-world.ts"
import { medusa } from "./engine.ts"

const checkout = join(import.meta.dirname, "../../../../..")
/** Kept from one run to the next: 700 MB each. */
const enginesDir = join(checkout, ".cache/engines")

let world: ShopWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

async function installed(version: string): Promise<void> {
  if (await readRecord(join(enginesDir, "medusa", version))) return
  const newId = makeNewId(systemClock)
  await installMedusa(
    {
      place: { enginesDir, now: () => systemClock.now().toISOString(), newId: () => newId("tmp") },
      recipes: join(checkout, "packages/stores/engines/medusa/versions"),
      run,
      env: installEnvironment(process.env),
      say: () => {},
    },
    // Tests in a browser use the newest install too, with its screens.
    { version, admin: version === "2.21.2" },
  )
}

const values = { adminEmail: "owner@example.com", currency: "USD", countries: "US,CA" }

/** Makes the store of a version, from its template to its first order. */
async function provision(shop: ShopWorld): Promise<void> {
  const { version } = shop.release
  await installed(version)
  const { backend } = shop.local
  await backend.prepare({ engine: "medusa", version })
  const seen = await backend.ensure(shop.release, "none")
  const from = seen.datastore.fromTemplate ? "template" : "nothing"
  for (const hook of shop.engine.provisioning(from)) await shop.run(hook)
  await shop.running()
}

test("a Medusa shop sells, is upgraded with its orders, restored, and leaves nothing", {
  timeout: 900_000,
}, async ({ skip }) => {
  const shop = await shopWorld(medusa, { enginesDir, version: "2.18.0", values })
  world = shop
  if (shop.lacks) return skip(shop.lacks)
  await provision(shop)
  const { backend } = shop.local
  expect(await shop.probe("ready")).toMatchObject({ ok: true })
  expect(await shop.probe("order", "first")).toMatchObject({ ok: true })
  const page = await shop.get("/")
  expect(page.text).toContain("Stoneware mug")
  expect(page.text).not.toContain("Order probe")

  await installed("2.21.2")
  const backup = { storeId: shop.release.storeId, backupId: "before" }
  await backend.backup(shop.release, backup.backupId)
  shop.release.version = "2.21.2"
  await shop.run("upgrade", "2.18.0")
  await shop.running()
  expect(await shop.probe("order", "second")).toMatchObject({ ok: true })
  expect(await shop.orders()).toMatchObject({
    orders: [
      { number: "2", state: "canceled", probe: true, currency: "USD" },
      { number: "1", state: "canceled", probe: true },
    ],
  })

  shop.release.version = "2.18.0"
  await backend.restore(shop.release, backup)
  await shop.run("personalise")
  await shop.running()
  expect(await shop.orders()).toMatchObject({ orders: [{ number: "1" }] })
  expect(await shop.probe("order", "third")).toMatchObject({ ok: true })
  expect(await backend.destroy(shop.release.storeId)).toEqual([])
})
