import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import { run } from "@vibecaas/kernel/spawn"
import { afterAll, beforeAll, expect, test } from "vitest"
import { installEnvironment } from "../../install/install-environment.ts"
import { installMedusa } from "../../install/install-medusa.ts"
import { readRecord } from "../../install/place-install.ts"
import { probeStore } from "../../probe-store.ts"
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
  "two Medusas work on one database beside each other, and visitors are led from one to the other",
  async () => {
    const { backend } = shop.local
    // Another release of the same version: what a patch is to a backend.
    const green = { ...shop.release, verbose: true }
    const newest = await newestOrder()
    const visits = visitAllTheTime(shop)
    const hook = { name: "upgrade", fromVersion: newer, beside: true } as const
    expect(await backend.exec(green, hook)).toMatchObject({ ok: true })
    for (let isUp = false; !isUp; await systemClock.sleep(200)) {
      const { beside } = await backend.ensureBeside(green)
      isUp = beside?.processes.every(({ state }) => state === "listening") ?? false
    }
    const connect: typeof backend.connect = (id, process) => backend.connect(id, process, "beside")
    const { engine } = shop
    const probing = { backend: { connect }, engine, release: green, clock: systemClock }
    expect(await probeStore(probing, "order", "green")).toMatchObject({ ok: true })
    shop.release.verbose = true
    await shop.running()
    expect(await shop.probe("order", "after")).toMatchObject({ ok: true })
    expect(await visits()).toEqual([200])
    expect(await newestOrder()).toBe(newest + 2)
    shop.release.verbose = false
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

async function newestOrder(): Promise<number> {
  const read = await shop.orders(1)
  return "orders" in read ? Number(read.orders[0]?.number) : Number.NaN
}

/** Asks for the shop's first page, again and again. @returns the different answers, once asked to end */
function visitAllTheTime(shop: ShopWorld) {
  const seen = new Set<number | string>()
  let over = false
  const visiting = (async () => {
    while (!over) {
      seen.add(
        await shop.get("/").then(
          ({ status }) => status,
          (error) => String(error),
        ),
      )
      await systemClock.sleep(100)
    }
  })()
  return async () => {
    over = true
    await visiting
    return [...seen]
  }
}
