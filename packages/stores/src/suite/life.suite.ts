import { expect } from "vitest"
import { probeStore, readOrders } from "../probe-store.ts"
import type { Release } from "../release.ts"
import { bringUp, proveOrder, restore, upgrade } from "./bring-up.suite.ts"
import { probing, releaseFor, type StoreSuite, type StoreWorld } from "./world.suite.ts"

export function lifeFacts({ world, fact }: StoreSuite): void {
  fact(
    "a store sells, is upgraded, rolled back with its data, and ends without a trace",
    async () => {
      const release = await bringUp(world(), releaseFor(world()))
      const { storeId } = release
      const { from, to } = world().versions
      const { backend } = world()
      await proveOrder(world(), release, "first")
      await backend.backup(release, "before")

      const newer = await upgrade(world(), release, to)
      await proveOrder(world(), newer, "second")
      expect(await numbers(world(), newer)).toHaveLength(2)

      await backend.ensure(newer, "stopped")
      const older = await restore(
        world(),
        { ...newer, version: from },
        { storeId, backupId: "before" },
      )
      expect(await numbers(world(), older)).toHaveLength(1)
      await proveOrder(world(), older, "third")
      expect((await backend.history(storeId)).map(({ version }) => version)).toEqual([
        from,
        to,
        from,
      ])

      expect(await backend.destroy(storeId)).toEqual([])
      expect(await backend.look(storeId)).toMatchObject({ exists: false, processes: [] })
      expect(await world().leftovers(storeId)).toEqual([])
      expect(await backend.list()).not.toContain(storeId)
      await backend.removeBackup({ storeId, backupId: "before" })
    },
  )

  fact("what is there is adopted: every verb may be called again", async () => {
    const { backend } = world()
    const release = await bringUp(world(), releaseFor(world()))
    const before = await backend.look(release.storeId)
    const after = await bringUp(world(), release)
    const seen = await backend.look(release.storeId)
    expect(after.secrets).toEqual(release.secrets)
    expect(seen.revision).toEqual(before.revision)
    expect(seen.datastore.state).toBe("ready")
    await backend.destroy(release.storeId)
    expect(await backend.destroy(release.storeId)).toEqual([])
  })

  fact("a release that says something else starts its processes anew, and only then", async () => {
    const { backend } = world()
    const release = await bringUp(world(), releaseFor(world()))
    const starts = async () =>
      (await backend.look(release.storeId)).processes.map(({ startedAt }) => startedAt)
    const first = await starts()
    await backend.ensure(release, "running")
    expect(await starts()).toEqual(first)
    await bringUp(world(), { ...release, verbose: true })
    expect(await starts()).not.toEqual(first)
    await backend.destroy(release.storeId)
  })

  fact("a stopped store keeps its data, and answers nobody", async () => {
    const { backend } = world()
    const release = await bringUp(world(), releaseFor(world()))
    await proveOrder(world(), release, "kept")
    const seen = await backend.ensure(release, "stopped")
    expect(seen).toMatchObject({ drift: [], datastore: { state: "ready" } })
    expect(new Set(seen.processes.map(({ state }) => state))).toEqual(new Set(["absent"]))
    expect(await probeStore(probing(world(), release), "live")).toMatchObject({ ok: false })
    await bringUp(world(), release)
    expect(await numbers(world(), release)).toHaveLength(1)
    await backend.destroy(release.storeId)
  })

  fact("probes that only look leave no order", async () => {
    const { backend } = world()
    const release = await bringUp(world(), releaseFor(world()))
    for (let round = 0; round < 3; round++) {
      expect((await probeStore(probing(world(), release), "options")).failed).toBeUndefined()
    }
    expect(await numbers(world(), release)).toEqual([])
    await backend.destroy(release.storeId)
  })

  fact("one store's secrets open no other", async () => {
    const { backend } = world()
    const [one, other] = [
      await bringUp(world(), releaseFor(world())),
      await bringUp(world(), releaseFor(world())),
    ]
    const mixed = { ...one, secrets: other.secrets }
    expect(await readOrders(probing(world(), mixed), 5)).toHaveProperty("failed")
    await backend.destroy(one.storeId)
    await proveOrder(world(), other, "stays")
    await backend.destroy(other.storeId)
  })
}

async function numbers(world: StoreWorld, release: Release): Promise<string[]> {
  const read = await readOrders(probing(world, release), 20)
  if ("failed" in read) throw new Error(JSON.stringify(read.failed.failed))
  return read.orders.map(({ number }) => number)
}
