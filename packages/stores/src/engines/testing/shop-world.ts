import { randomBytes } from "node:crypto"
import { systemClock } from "@vibecaas/kernel/clock"
import { ask } from "../../ask.ts"
import type { StoreSeen } from "../../backend.ts"
import { type LocalWorld, localWorld, newId } from "../../backends/local/testing/local-world.ts"
import type { Engine, HookName } from "../../engine.ts"
import { anyEngine, makeEngines } from "../../engines.ts"
import { probeStore, readOrders, type StoreProbe } from "../../probe-store.ts"
import type { Release } from "../../release.ts"
import { makeSecrets } from "../../secrets.ts"

export interface Asked {
  process?: string
  headers?: Readonly<Record<string, string>>
  /** sent as JSON, by POST */
  body?: object
}

export interface ShopWorld {
  local: LocalWorld
  engine: Engine
  release: Release
  /** what of the system the engine needs and is not here, as a sentence with the command that installs it */
  lacks: string | undefined
  /** Runs a hook; what it learns is in the release from then on. @throws with the end of its log */
  run(name: HookName, fromVersion?: string): Promise<number>
  running(): Promise<StoreSeen>
  stopped(): Promise<StoreSeen>
  probe(probe: StoreProbe, mark?: string): ReturnType<typeof probeStore>
  orders(limit?: number): ReturnType<typeof readOrders>
  /** a request, a GET unless it has a body, to a process of the shop, as the gateway makes it */
  get(path: string, of?: Asked): Promise<{ status: number; text: string }>
  close(): Promise<void>
}

/** A store of a real engine on the local backend. @param of.enginesDir where the engine is installed */
export async function shopWorld<Values>(
  ours: Engine<Values>,
  of: { enginesDir: string; version: string; values: object },
): Promise<ShopWorld> {
  const engine = anyEngine(ours)
  const local = await localWorld({
    engines: makeEngines([engine]),
    enginesDir: of.enginesDir,
    startsAtOnce: 2,
  })
  const { backend } = local
  const release: Release = {
    ...{ storeId: newId("sto"), engine: engine.name, version: of.version, name: "Mugs & More" },
    ...{ values: of.values, plan: "basic", secrets: makeSecrets(engine, randomBytes) },
    ...{ url: "http://mugs.stores.localhost", adminUrl: "http://a-mugs.stores.localhost" },
    verbose: false,
  }
  const seen = (await backend.probe()).engines.find((each) => each.engine === engine.name)
  const probing = () => ({ backend, engine, release, clock: systemClock })
  return {
    ...{ local, engine, release, lacks: seen?.lacks },
    async run(name, fromVersion) {
      const run = fromVersion === undefined ? { name } : { name, fromVersion }
      const outcome = await backend.exec(release, run)
      if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome, null, 1)}`)
      release.secrets = { ...release.secrets, ...outcome.learned }
      return outcome.ms
    },
    running: () => settle(local, release),
    stopped: () => backend.ensure(release, "stopped"),
    probe: (probe, mark) => probeStore(probing(), probe, mark),
    orders: (limit = 10) => readOrders(probing(), limit),
    async get(path, { process = engine.serves.store, headers: more, body } = {}) {
      const connection = await backend.connect(release.storeId, process)
      const headers = { host: new URL(release.url).host, ...more }
      const sent = body ? { method: "POST", body: JSON.stringify(body) } : { method: "GET" }
      return ask(connection, { ...sent, path, headers, timeoutMs: 30_000 })
    },
    close: () => local.close(),
  }
}

async function settle({ backend }: LocalWorld, release: Release): Promise<StoreSeen> {
  for (let round = 0; round < 2400; round++) {
    const seen = await backend.ensure(release, "running")
    if (seen.processes.every(({ state }) => state === "listening")) return seen
    await systemClock.sleep(50)
  }
  const seen = await backend.look(release.storeId)
  const { lines } = await backend.logs(release.storeId, { linesMax: 60 })
  const log = lines.map(({ of, text }) => `${of}: ${text}`).join("\n")
  throw new Error(`not listening: ${JSON.stringify(seen)}\n${log}`)
}
