import { systemClock } from "@vibecaas/kernel/clock"
import { expect } from "vitest"
import { readOrders } from "../probe-store.ts"
import { bringUp, proveOrder, restore, upgrade } from "./bring-up.suite.ts"
import { probing, releaseFor, type StoreSuite, untilReady } from "./world.suite.ts"

export function crashFacts({ world, fact }: StoreSuite): void {
  fact("a shop that is killed is seen, started again and counted", async () => {
    const { backend } = world()
    const release = await bringUp(world(), releaseFor(world()))
    await proveOrder(world(), release, "before")
    await world().killShop(release.storeId)
    await untilSeen(async () => (await backend.look(release.storeId)).drift.length > 0)
    await untilReady(world(), release)
    const seen = await backend.look(release.storeId)
    expect(seen.drift).toEqual([])
    expect(seen.processes.reduce((sum, { restarts }) => sum + restarts, 0)).toBeGreaterThan(0)
    expect(await readOrders(probing(world(), release), 5)).toMatchObject({
      orders: [{ probe: true }],
    })
    await backend.destroy(release.storeId)
  })

  fact("a killed database server comes back with all that it had", async (context) => {
    const { killDatabase } = world()
    if (!killDatabase) return context.skip("its database has no server")
    const { backend } = world()
    const release = await bringUp(world(), releaseFor(world()))
    await proveOrder(world(), release, "before")
    await killDatabase()
    await untilReady(world(), release)
    await proveOrder(world(), release, "after")
    expect(await backend.destroy(release.storeId)).toEqual([])
  })

  fact("a shop goes on while the backend is killed, and is adopted as it is", async () => {
    const release = await bringUp(world(), releaseFor(world()))
    const before = await world().backend.look(release.storeId)
    await world().crash()
    const seen = await world().backend.ensure(release, "running")
    expect(seen.processes.map(({ startedAt }) => startedAt)).toEqual(
      before.processes.map(({ startedAt }) => startedAt),
    )
    await proveOrder(world(), release, "adopted")
    expect(await world().backend.destroy(release.storeId)).toEqual([])
    expect(await world().leftovers(release.storeId)).toEqual([])
  })

  fact("killed at every step of its making, a store still becomes one that sells", async () => {
    const outcomes: Record<string, string> = {}
    for (const victim of ["place", "migrate", "seed", "personalise", "start"]) {
      const release = releaseFor(world())
      let made = release
      const interrupted = bringUp(world(), release, (step) => {
        if (step === victim) setTimeout(() => void crashed.resolve(world().crash()), 30)
      }).then((known) => {
        made = known
      })
      const crashed = Promise.withResolvers<void>()
      const step = world().engine.provisioning("nothing") as readonly string[]
      if (!["place", "start"].includes(victim) && !step.includes(victim)) continue
      await interrupted.catch(() => {})
      await crashed.promise
      made = await bringUp(world(), made)
      await proveOrder(world(), made, "converged")
      expect(await world().backend.destroy(made.storeId)).toEqual([])
      expect(await world().leftovers(made.storeId)).toEqual([])
      outcomes[victim] = "sells"
    }
    expect(outcomes).toMatchObject({ place: "sells", start: "sells", personalise: "sells" })
  })

  fact("killed while it is upgraded, backed up or restored, a store still sells", async () => {
    const { from, to } = world().versions
    let release = await bringUp(world(), releaseFor(world()))
    const ref = { storeId: release.storeId, backupId: "safe" }
    await world().backend.backup(release, "safe")

    await duringCrash(world, world().backend.backup(release, "torn"))
    await world().backend.backup(release, "torn")
    await duringCrash(world, upgrade(world(), release, to))
    release = await upgrade(world(), release, to)
    await proveOrder(world(), release, "upgraded")

    release = { ...release, version: from }
    await duringCrash(world, restore(world(), release, ref))
    release = await restore(world(), release, ref)
    await proveOrder(world(), release, "restored")
    expect(await world().backend.destroy(release.storeId)).toEqual([])
    expect(await world().leftovers(release.storeId)).toEqual([])
  })

  fact("a store can be destroyed while its hook runs", async () => {
    const release = releaseFor(world())
    await world().backend.ensure(release, "none")
    const [hook] = world().engine.provisioning("nothing")
    if (!hook) return
    const running = world().backend.exec(release, { name: hook })
    await systemClock.sleep(20)
    expect(await world().backend.destroy(release.storeId)).toEqual([])
    await running.catch(() => {})
    expect(await world().backend.destroy(release.storeId)).toEqual([])
    expect(await world().leftovers(release.storeId)).toEqual([])
  })
}

/** Kills the backend a moment after work has begun; the work may still have come to its end. */
async function duringCrash(world: StoreSuite["world"], work: Promise<unknown>): Promise<void> {
  const outcome = work.catch(() => {})
  await systemClock.sleep(30)
  await world().crash()
  await outcome
}

async function untilSeen(look: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 200; round++) {
    if (await look()) return
    await systemClock.sleep(25)
  }
  throw new Error("it was not seen")
}
