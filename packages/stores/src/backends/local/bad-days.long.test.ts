import { systemClock } from "@vibecaas/kernel/clock"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { HookOutcome, StoreSeen } from "../../backend.ts"
import { simulatorEngine } from "../../engines/simulator/engine.ts"
import { anyEngine } from "../../engines.ts"
import { classify, type FailureEvidence } from "../../failures.ts"
import { probeStore } from "../../probe-store.ts"
import type { Release } from "../../release.ts"
import { bringUp, proveOrder, upgrade } from "../../suite/bring-up.suite.ts"
import { probing, releaseFor, type StoreWorld } from "../../suite/world.suite.ts"
import { type LocalWorld, localWorld } from "./testing/local-world.ts"

let local: LocalWorld
let world: StoreWorld
beforeAll(async () => {
  local = await localWorld()
  const nothing = () => Promise.reject(new Error("nothing is done behind its back"))
  world = {
    ...{ backend: local.backend, engine: anyEngine(simulatorEngine), values: {} },
    versions: { from: "1.0.0", to: "2.0.0" },
    ...{ crash: nothing, killShop: nothing, damage: nothing, leftovers: nothing },
    close: () => local.close(),
  }
})
afterAll(() => local.close())

/** A store whose name asks for a fault, up to where it fails. */
async function failing(fault: string): Promise<{ release: Release; evidence: FailureEvidence }> {
  let release = releaseFor(world, { name: `Shop ${fault}`, plan: "basic" })
  await world.backend.ensure(release, "none")
  for (const name of world.engine.provisioning("nothing")) {
    const hook: HookOutcome = await world.backend.exec(release, { name })
    if (!hook.ok) return { release, evidence: { step: name, hook } }
    release = { ...release, secrets: { ...release.secrets, ...hook.learned } }
  }
  const seen = await untilStarted(release)
  const process = seen.processes.find(({ state }) => state === "ended")?.end
  const { lines } = await world.backend.logs(release.storeId, { linesMax: 50 })
  const logTail = lines.map(({ text }) => text)
  if (process) return { release, evidence: { step: "start", process, logTail } }
  const ready = await probeStore(probing(world, release), "ready")
  if (!ready.ok) return { release, evidence: { step: "ready", probe: ready } }
  const probe = await probeStore(probing(world, release), "order")
  return { release, evidence: { step: "order", probe } }
}

/** Started once; one that ends is not started again. */
async function untilStarted(release: Release): Promise<StoreSeen> {
  let seen = await world.backend.ensure(release, "running")
  for (let round = 0; round < 600; round++) {
    const settled = seen.processes.every(({ state }) => state === "ended" || state === "listening")
    if (seen.processes.length > 0 && settled) return seen
    await systemClock.sleep(50)
    const waits = seen.startsBefore !== undefined
    seen = waits
      ? await world.backend.ensure(release, "running")
      : await world.backend.look(release.storeId)
  }
  throw new Error(`it did not settle: ${JSON.stringify(seen)}`)
}

test.each([
  ["fail-migrate", "migration_failed"],
  ["fail-seed", "seed_failed"],
  ["crash", "crashed"],
  ["oom", "out_of_memory"],
  ["never-ready", "never_ready"],
  ["fail-order", "probe_failed"],
])("a store that is asked to %s says why, and goes without a trace", async (fault, kind) => {
  const { release, evidence } = await failing(fault)
  expect(classify(evidence)).toMatchObject({ kind })
  expect(await world.backend.destroy(release.storeId)).toEqual([])
})

test("a step that failed once goes through when it is tried again", async () => {
  const { release, evidence } = await failing("fail-seed-once")
  expect(classify(evidence)).toMatchObject({ kind: "seed_failed" })
  const made = await bringUp(world, release)
  await proveOrder(world, made, "second")
  await world.backend.destroy(release.storeId)
})

test("an upgrade that fails leaves the old version's data as they were", async () => {
  const named = releaseFor(world, { name: "Shop fail-upgrade" })
  const release = await bringUp(world, named)
  await expect(upgrade(world, release, "2.0.0")).rejects.toThrow(/upgrade fails/)
  const again = await bringUp(world, release)
  await proveOrder(world, again, "old")
  await world.backend.destroy(release.storeId)
})

test("an orderly end of the backend leaves stores that rest, and nothing to correct", async () => {
  const release = await bringUp(world, releaseFor(world))
  world.backend = await local.reopen()
  const seen = await world.backend.look(release.storeId)
  expect(seen.processes.map(({ state }) => state)).toEqual(["absent"])
  expect(seen.drift).toEqual([])
  await bringUp(world, release)
  await proveOrder(world, release, "again")
  await world.backend.destroy(release.storeId)
})

test("a version that is not installed names the command that installs it", async () => {
  const release = releaseFor(world, { engine: "unknown" })
  await expect(world.backend.ensure(release, "none")).rejects.toMatchObject({
    code: "invalid",
    fields: { "/engine": expect.any(String) },
  })
  const { engines } = await world.backend.probe()
  expect(engines).toContainEqual({ engine: "simulator", version: "2.0.0", installed: true })
})
