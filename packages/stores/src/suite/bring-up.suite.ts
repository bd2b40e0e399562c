import { expect } from "vitest"
import type { HookName } from "../engine.ts"
import { probeStore } from "../probe-store.ts"
import type { Release } from "../release.ts"
import { probing, type StoreWorld, untilReady } from "./world.suite.ts"

/**
 * All steps from nothing to a shop that could sell. Each may run again after a crash; whoever drives
 * stores takes them in this order.
 *
 * @param at is told before each step
 * @returns the release with what hooks learned
 */
export async function bringUp(
  world: StoreWorld,
  release: Release,
  at: (step: string) => void = () => {},
): Promise<Release> {
  const { engine } = world
  at("prepare")
  await world.backend.prepare({ engine: engine.name, version: release.version })
  at("place")
  const { datastore } = await world.backend.ensure(release, "none")
  let known = release
  for (const name of engine.provisioning(datastore.fromTemplate ? "template" : "nothing")) {
    at(name)
    known = await runHook(world, known, name)
  }
  at("start")
  await untilReady(world, known)
  return known
}

export async function runHook(
  world: StoreWorld,
  release: Release,
  name: HookName,
  fromVersion?: string,
): Promise<Release> {
  const outcome = await world.backend.exec(release, {
    name,
    ...(fromVersion === undefined ? {} : { fromVersion }),
  })
  expect(outcome.ok, `${name}: ${outcome.logTail.join("\n")}`).toBe(true)
  return { ...release, secrets: { ...release.secrets, ...outcome.learned } }
}

/** An order goes through, is found in the admin API and cancelled. */
export async function proveOrder(world: StoreWorld, release: Release, mark: string): Promise<void> {
  const outcome = await probeStore(probing(world, release), "order", mark)
  expect(outcome.failed).toBeUndefined()
  expect(outcome.order).toBeDefined()
}

export async function upgrade(world: StoreWorld, release: Release, to: string): Promise<Release> {
  const next = { ...release, version: to }
  await world.backend.ensure(release, "stopped")
  await world.backend.prepare({ engine: release.engine, version: to })
  const upgraded = await runHook(world, next, "upgrade", release.version)
  await untilReady(world, upgraded)
  return upgraded
}

/** Data of a backup, then the keys that the store mints itself. */
export async function restore(
  world: StoreWorld,
  release: Release,
  from: { storeId: string; backupId: string },
): Promise<Release> {
  await world.backend.restore(release, from)
  const healed = await runHook(world, release, "personalise")
  await untilReady(world, healed)
  return healed
}
