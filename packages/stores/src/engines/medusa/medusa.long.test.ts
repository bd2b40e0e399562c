import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import { run } from "@vibecaas/kernel/spawn"
import { afterAll, beforeAll, expect, test } from "vitest"
import { installEnvironment } from "../../install/install-environment.ts"
import { installMedusa } from "../../install/install-medusa.ts"
import { readRecord } from "../../install/place-install.ts"
import { hashFile } from "../../install/tree-hash.ts"
import { probesLeaveNothing, probesOr } from "../testing/probes-leave-nothing.ts"
import { type ShopWorld, shopWorld } from "../testing/shop-world.ts"
import { medusa } from "./engine.ts"

const checkout = join(import.meta.dirname, "../../../../..")
/** Kept from one run to the next: 700 MB each. */
const enginesDir = join(checkout, ".cache/engines")

const values = { adminEmail: "owner@example.com", currency: "USD", countries: "US,CA" }
/** Each takes some two seconds. */
const probes = probesOr(25)
const [older, newer] = ["2.18.0", "2.21.2"] as const

let shop: ShopWorld
beforeAll(async () => {
  shop = await shopWorld(medusa, { enginesDir, version: older, values })
  if (!shop.lacks) await provision()
}, 900_000)
afterAll(() => shop?.close())

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
    // Tests in a browser use the newer install too, with its screens; one of them may have just made it.
    { version, admin: version === newer },
  ).catch((error) => {
    if (!isFault(error, "conflict")) throw error
  })
}

/** From the version's template to a shop that listens. */
async function provision(): Promise<void> {
  await installed(older)
  const { backend } = shop.local
  await backend.prepare({ engine: "medusa", version: older })
  const seen = await backend.ensure(shop.release, "none")
  const from = seen.datastore.fromTemplate ? "template" : "nothing"
  for (const hook of shop.engine.provisioning(from)) await shop.run(hook)
  await shop.running()
}

/** Facts of one shop, in their order. */
const fact = (title: string, body: () => Promise<void>) =>
  test(title, { timeout: 900_000 }, async ({ skip }) => {
    if (shop.lacks) return skip(shop.lacks)
    await body()
  })

const before = () => ({ storeId: shop.release.storeId, backupId: "before" })

fact("a Medusa shop sells, and is upgraded with its orders", async () => {
  expect(await shop.probe("ready")).toMatchObject({ ok: true })
  expect(await shop.probe("order", "first")).toMatchObject({ ok: true })
  const page = await shop.get("/")
  expect(page.text).toContain("Stoneware mug")
  expect(page.text).not.toContain("Order probe")

  await installed(newer)
  await shop.local.backend.backup(shop.release, before().backupId)
  shop.release.version = newer
  await shop.run("upgrade", older)
  await shop.running()
  expect(await shop.probe("order", "second")).toMatchObject({ ok: true })
  expect(await shop.orders()).toMatchObject({
    orders: [
      { number: "2", state: "canceled", probe: true, currency: "USD" },
      { number: "1", state: "canceled", probe: true },
    ],
  })
})

fact(
  `${probes} probes of a Medusa shop leave its products, stock, reservations and mails as they were`,
  async () => {
    const headers = { authorization: `Basic ${shop.release.secrets.adminKey}` }
    const list = (name: string, fields: string) => ({
      ...{ process: "admin", headers },
      path: `/admin/${name}?limit=200&order=id&fields=${fields}`,
      // A list of the admin API, by its own name.
      things: (answer: unknown) =>
        (answer as Record<string, unknown[]>)[name.replaceAll("-", "_")] ?? [],
    })
    await probesLeaveNothing(shop, {
      times: probes,
      readings: [
        list("products", "id,title,variants.id"),
        list("inventory-items", "id,stocked_quantity,reserved_quantity"),
        list("reservations", "id,quantity"),
        list("notifications", "id,to"),
      ],
    })
  },
)

fact(
  "patches that are said to work with the same tables do: all their migrations and links are the same",
  async () => {
    const [patch, next] = ["2.21.1", "2.21.2"]
    for (const version of [patch, next]) await installed(version)
    expect(medusa.sharesData(patch, next)).toBe(true)
    expect(medusa.sharesData(older, newer)).toBe(false)
    const tables = (version: string) => tablesOf(join(enginesDir, "medusa", version))
    expect((await tables(patch)).length).toBeGreaterThan(100)
    expect(await tables(patch)).toEqual(await tables(next))
    expect(await tables(older)).not.toEqual(await tables(newer))
  },
)

fact("a Medusa shop that is restored sells as it was before, and leaves nothing", async () => {
  const { backend } = shop.local
  shop.release.version = older
  await backend.restore(shop.release, before())
  await shop.run("personalise")
  await shop.running()
  expect(await shop.orders()).toMatchObject({ orders: [{ number: "1" }] })
  expect(await shop.probe("order", "third")).toMatchObject({ ok: true })
  expect(await backend.destroy(shop.release.storeId)).toEqual([])
})

/** What an install makes its tables from: the migrations of all its modules, and the links between them, by content. */
async function tablesOf(dir: string): Promise<string[]> {
  const scope = join(dir, "node_modules/@medusajs")
  const files = await readdir(scope, { recursive: true })
  const makers = files.filter((name) =>
    /^[^/]+\/dist\/(migrations|definitions|links)\/.*\.js$/.test(name),
  )
  const lines = makers.map(async (name) => `${name} ${await hashFile(join(scope, name))}`)
  return (await Promise.all(lines)).sort()
}
