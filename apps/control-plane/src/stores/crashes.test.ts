import { fault } from "@vibecaas/kernel/fault"
import type { StoreBackend } from "@vibecaas/stores/backend"
import { afterEach, expect, test } from "vitest"
import { testTurn } from "../db/testing/test-turn.ts"
import { upgradeStore } from "./operate-store.ts"
import { storeLoop } from "./reconcile-store.ts"
import type { StoreId } from "./store.ts"
import { type StoresWorld, storesWorld } from "./testing/stores-world.ts"

let world: StoresWorld
afterEach(() => world.close())

/** A server that dies right after a verb of the backend has had its effect, and before anything was written of it. */
class Died extends Error {}

/** One turn of a store in a server that dies at the `at`th call of the backend; whether it did. */
async function dieAt(at: number, id: string): Promise<boolean> {
  let calls = 0
  const { backend } = world.parts
  const dying = new Proxy(backend, {
    get(target, name) {
      const verb = Reflect.get(target, name)
      if (typeof verb !== "function" || name === "look") return verb
      return async (...asks: unknown[]) => {
        const answer = await verb.apply(target, asks)
        calls += 1
        if (calls === at) throw new Died()
        return answer
      }
    },
  })
  const loop = storeLoop({ ...world.parts, backend: dying })
  const key = { organizationId: world.org.organizationId, id }
  try {
    await loop.reconcile(await testTurn(world.db.adminPool, { loop: "stores", key }))
    return false
  } catch (error) {
    if (error instanceof Died) return true
    throw error
  }
}

test("a server that dies after any step of the making is followed by one that makes it ready, once", async () => {
  world = await storesWorld()
  const seen: string[] = []
  for (let at = 1, died = true; died; at++) {
    const id = await world.create({ name: `Shop ${at}` })
    died = await dieAt(at, id)
    seen.push((await world.show(id))?.step ?? "at rest")
    expect(await world.settle(id), `died at call ${at}`).toMatchObject({ state: "ready" })
    expect(world.memory.stores.size).toBe(at)
  }
  expect(new Set(seen).size).toBeGreaterThan(4)
})

test("a server that dies after any step of an upgrade is followed by one that ends it, with all orders", async () => {
  world = await storesWorld()
  for (let at = 1, died = true; died; at++) {
    const id = await world.create({ name: `Shop ${at}`, version: "1.0.0" })
    await world.settle(id)
    await world.act((ctx) => upgradeStore(ctx, world.parts, { id, version: "2.0.0" }))
    died = await dieAt(at, id)
    const message = `died at call ${at}`
    expect(await world.settle(id), message).toMatchObject({ state: "ready", version: "2.0.0" })
    const { rows } = await world.db.adminPool.query(
      "select count(*)::int as kept from store_backups where state = 'kept'",
    )
    expect(rows, message).toEqual([{ kept: at }])
    expect(world.memory.backups.size, message).toBe(at)
  }
})

test("a server that dies while versions run beside each other is followed by one that ends it, with one of them", async () => {
  world = await storesWorld()
  for (let at = 1, died = true; died; at++) {
    const id = await world.create({ name: `Shop ${at}`, version: "1.0.0" })
    await world.settle(id)
    await world.act((ctx) => upgradeStore(ctx, world.parts, { id, version: "1.1.0" }))
    died = await dieAt(at, id)
    const message = `died at call ${at}`
    expect(await world.settle(id), message).toMatchObject({ state: "ready", version: "1.1.0" })
    expect(world.memory.stores.get(id), message).not.toHaveProperty("beside")
    expect(world.memory.stores.get(id)?.process, message).toBe("listening")
  }
})

test("a shop that is killed after its start is started again, and what was done to it goes on", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips", version: "1.0.0" })
  await world.settle(id)
  await world.act((ctx) => upgradeStore(ctx, world.parts, { id, version: "2.0.0" }))
  const store = world.memory.stores.get(id)
  const { backend } = world.parts
  let probes = 0
  const killing: StoreBackend = {
    ...backend,
    async connect(...asks) {
      probes += 1
      // The second is the first request of the order, after the one that looks whether it is ready.
      if (probes === 2 && store) store.process = "ended"
      return backend.connect(...asks)
    },
  }
  await turnsWith(id, killing, 10)
  expect(probes).toBeGreaterThan(2)
  expect(await world.show(id)).toMatchObject({ state: "ready", version: "2.0.0", failure: null })
})

test("an upgrade that failed once is tried again, since its database may have died right before it", async () => {
  world = await storesWorld()
  const { backend } = world.parts
  const upgradeWith = async (name: string, failures: number) => {
    const id = await world.create({ name, version: "1.0.0" })
    await world.settle(id)
    await world.act((ctx) => upgradeStore(ctx, world.parts, { id, version: "2.0.0" }))
    let tries = 0
    const failing: StoreBackend = {
      ...backend,
      async exec(...asked) {
        const outcome = await backend.exec(...asked)
        const fails = asked[1].name === "upgrade" && ++tries <= failures
        return fails ? { ...outcome, ok: false, exitCode: 1 } : outcome
      },
    }
    await turnsWith(id, failing, 30)
    return { tries, ...(await world.show(id)) }
  }
  expect(await upgradeWith("Once", 1)).toMatchObject({
    ...{ tries: 2, state: "ready", version: "2.0.0", failure: null },
  })
  expect(await upgradeWith("Always", 9)).toMatchObject({
    ...{ tries: 2, state: "ready", version: "1.0.0" },
    failure: { work: "upgrade", step: "upgrade", kind: "upgrade_failed" },
  })
})

test("a version that cannot be prepared leaves the shop selling as it was", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips", version: "1.0.0" })
  await world.settle(id)
  await world.act((ctx) => upgradeStore(ctx, world.parts, { id, version: "2.0.0" }))
  world.memory.calls.length = 0
  const missing: StoreBackend = {
    ...world.parts.backend,
    prepare: async () => {
      throw fault("unavailable", { say: "Toy shop 2.0.0 is not installed." })
    },
  }
  await turnsWith(id, missing, 30)
  expect(await world.show(id)).toMatchObject({
    ...{ state: "ready", version: "1.0.0" },
    failure: { work: "upgrade", step: "prepare", kind: "engine_not_installed" },
  })
  expect(world.memory.calls).not.toContain("ensure stopped")
})

test("a worker that slept writes nothing once another has the store", async () => {
  world = await storesWorld()
  const id = await world.create({ name: "Tulips" })
  const key = { organizationId: world.org.organizationId, id }
  const slept = await testTurn(world.db.adminPool, { loop: "stores", key })
  await testTurn(world.db.adminPool, { loop: "stores", key })
  await expect(world.loop.reconcile(slept)).rejects.toMatchObject({ code: "lease_lost" })
  expect(await world.show(id)).toMatchObject({ state: "requested" })
})

/** Turns of a server with another backend, a second after each other. */
async function turnsWith(id: StoreId, backend: StoreBackend, count: number): Promise<void> {
  const loop = storeLoop({ ...world.parts, backend })
  for (let turn = 0; turn < count; turn++) {
    const key = { organizationId: world.org.organizationId, id }
    await loop.reconcile(await testTurn(world.db.adminPool, { loop: "stores", key }))
    world.clock.advance(1000)
  }
}
