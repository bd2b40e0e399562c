import { setTimeout as sleep } from "node:timers/promises"
import type { Store } from "@vibecaas/contract/store"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ask, type Person, signIn, visitAllTheTime } from "./api.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { killServer, untilReady } from "./processes.ts"

// Versions that run beside each other while their server is killed: a real platform, a real shop.
let platform: Platform
let person: Person
beforeAll(async () => {
  platform = await startPlatform()
  person = await signIn(platform)
})
afterAll(() => platform?.remove())

const show = (storeId: Store["id"]) => person.call("GET /stores/{storeId}", { params: { storeId } })

async function until(id: Store["id"], is: (store: Store) => boolean): Promise<Store> {
  for (let tries = 0; tries < 1200; tries++) {
    const store = await show(id)
    if (is(store)) return store
    await sleep(50)
  }
  throw new Error(`not so in time: ${JSON.stringify(await show(id))}`)
}

const create = async (name: string) => {
  const body = { name, engine: "simulator", version: "1.0.0", plan: "basic", values: {} } as const
  const { id } = await person.call("POST /stores", { body })
  return until(id, ({ state }) => state === "ready")
}

const upgrade = (storeId: Store["id"]) =>
  person.call("POST /stores/{storeId}/upgrade", {
    params: { storeId },
    body: { version: "1.1.0" },
  })

test.each(["backup", "raise", "prove", "switch"] as const)(
  "a server killed at the step “%s” is followed by one that leads visitors to the new version",
  async (step) => {
    const { id, url } = await create(`Killed at ${step}`)
    await upgrade(id)
    await until(id, (store) => store.step === step || store.state === "ready")
    await killServer(platform)
    await untilReady(platform)
    const after = await until(id, ({ state }) => state === "ready")
    expect(after).toMatchObject({ version: "1.1.0", failure: null })
    expect((await ask(platform, url)).status).toBe(200)
    const { items } = await person.call("GET /stores/{storeId}/releases", {
      params: { storeId: id },
    })
    expect(items).toMatchObject([{ way: "beside", state: "current" }, { state: "past" }])
  },
)

test("a new version that never sells goes, and visitors of the old one are refused nothing", async () => {
  const { id, url } = await create("Break upgrade")
  const visits = visitAllTheTime(platform, url)
  await upgrade(id)
  const after = await until(id, ({ state }) => state === "ready")
  const { statuses } = await visits.end()
  expect(after).toMatchObject({ version: "1.0.0", failure: { work: "upgrade_beside" } })
  expect(statuses).toEqual([200])
})
