import { randomBytes } from "node:crypto"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { afterAll, beforeAll, type TestContext, test } from "vitest"
import type { StoreBackend } from "../backend.ts"
import type { Engine } from "../engine.ts"
import { probeStore } from "../probe-store.ts"
import type { Release } from "../release.ts"
import { makeSecrets } from "../secrets.ts"

/** One engine on one backend, and what a test may do to both behind their backs. */
export interface StoreWorld {
  backend: StoreBackend
  engine: Engine
  /** two installed versions with an upgrade between them */
  versions: { from: string; to: string }
  /** two installed versions that work with the same data, where the engine has such */
  shared?: { from: string; to: string }
  values: unknown
  /** kills the backend's own process at once, stores left as they are, and opens another one */
  crash(): Promise<void>
  /** kills a store's processes at once */
  killShop(storeId: string): Promise<void>
  /** kills the server of the store's database at once; absent where there is none */
  killDatabase?(): Promise<void>
  /** damages one byte of a backup */
  damage(storeId: string, backupId: string): Promise<void>
  /** what is still there of a store, in words, as the host tells and not the backend */
  leftovers(storeId: string): Promise<string[]>
  close(): Promise<void>
}

export interface StoreSuite {
  world(): StoreWorld
  fact(title: string, body: (context: TestContext) => Promise<void>): void
}

/** @param atOnce facts may run beside each other, where each waits for the world most of the time */
export function makeStoreSuite(
  makeWorld: () => Promise<StoreWorld>,
  { atOnce = false } = {},
): StoreSuite {
  let made: StoreWorld | undefined
  beforeAll(async () => {
    made = await makeWorld()
  })
  afterAll(() => made?.close())
  return {
    world() {
      if (!made) throw new Error("the world is made before the first fact")
      return made
    },
    fact: (title, body) => test(title, { concurrent: atOnce }, body),
  }
}

const newId = makeNewId(systemClock)

export function releaseFor(
  world: Pick<StoreWorld, "engine" | "values" | "versions">,
  more: Partial<Release> = {},
): Release {
  const label = randomBytes(4).toString("hex")
  return {
    ...{ storeId: newId("sto"), engine: world.engine.name, version: world.versions.from },
    ...{ name: `Shop ${label}`, plan: "standard", values: world.values, verbose: false },
    secrets: makeSecrets(world.engine, randomBytes),
    url: `http://s-${label}.stores.example.test`,
    adminUrl: `http://a-${label}.stores.example.test`,
    ...more,
  }
}

export const probing = (world: StoreWorld, release: Release) => ({
  ...{ backend: world.backend, engine: world.engine, release, clock: systemClock },
})

/** Asks again and again, as the sweep does, until every process listens and the shop could sell. */
export async function untilReady(world: StoreWorld, release: Release): Promise<void> {
  for (let round = 0; round < roundsMax; round++) {
    const seen = await world.backend.ensure(release, "running")
    const all = seen.processes.length > 0 && seen.processes.every(isListening)
    if (all && (await probeStore(probing(world, release), "ready")).ok) return
    await systemClock.sleep(50)
  }
  const seen = await world.backend.look(release.storeId)
  const { lines } = await world.backend.logs(release.storeId, { linesMax: 40 })
  throw new Error(`not ready: ${JSON.stringify(seen)} ${JSON.stringify(lines)}`)
}

const roundsMax = 2400
const isListening = ({ state }: { state: string }) => state === "listening"
