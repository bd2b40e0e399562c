import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { Duplex, duplexPair } from "node:stream"
import { text } from "node:stream/consumers"
import { fault } from "@vibecaas/kernel/fault"
import type { Backup, ProcessSeen, StoreBackend, StoreSeen } from "@vibecaas/stores/backend"
import { digestOf, type Release } from "@vibecaas/stores/release"
import type { ToyOrder } from "./toy-engine.ts"

/** One store of the memory backend: what would be its files, its database and its process. */
export interface MemoryStore {
  release: Release
  process: ProcessSeen["state"]
  /** what runs beside it on the same orders */
  beside?: Release
  orders: ToyOrder[]
  hooks: string[]
  /** what it has on the disk, in MiB; 1 when absent */
  mib?: number
}

interface World {
  clock: { now(): Date }
  stores: Map<string, MemoryStore>
  backups: Map<string, { made: Backup; orders: ToyOrder[] }>
  installed: string[]
  /** verbs and hooks that were called, in order */
  calls: string[]
  /** nothing can be removed */
  leaves: boolean
}

/**
 * Runs the toy engine's stores in this process. Words in a store's name make it fail: `fail-migrate`,
 * `fail-order`, `never-ready`, `break-upgrade`.
 */
export function makeMemoryBackend(clock: World["clock"]) {
  const world: World = {
    ...{ clock, stores: new Map(), backups: new Map() },
    ...{ installed: ["1.0.0", "1.1.0", "2.0.0"], calls: [], leaves: false },
  }
  const backend: StoreBackend = {
    name: "memory",
    ...lookingVerbs(world),
    ...runningVerbs(world),
    ...keepingVerbs(world),
    hear: () => () => {},
    close: async () => {},
  }
  return { ...world, world, backend }
}

function lookingVerbs(world: World) {
  return {
    probe: async () => ({
      ...{ backend: "memory", isolation, reaches: [] },
      limits: { memory: false, processes: false, cpu: false, disk: false },
      beside: true,
      engines: ["1.0.0", "1.1.0", "2.0.0", "3.0.0"].map((version) => ({
        ...{ engine: "toy", version, installed: world.installed.includes(version) },
      })),
    }),
    look: async (storeId, options) => ({
      ...seenOf(world, storeId),
      ...(options?.usage ? { filesMiB: world.stores.get(storeId)?.mib ?? 1 } : {}),
    }),
    list: async () => [...world.stores.keys()],
    history: async () => [],
    logs: async () => ({ lines: [{ of: "shop", text: "listening" }], cut: false }),
    async connect(storeId, _, of) {
      const known = need(world, storeId)
      const { beside } = known
      if (of === "beside" && !beside) throw fault("unavailable", { say: "It does not run." })
      const store: MemoryStore =
        of === "beside" && beside ? { ...known, release: beside, process: "listening" } : known
      if (store.process !== "listening")
        throw fault("unavailable", { say: "The shop does not run.", retryable: true })
      const [ours, theirs] = duplexPair()
      const server = createServer(
        (request, response) => void answer(store, { request, response }, world.clock),
      )
      server.emit("connection", theirs)
      return ours
    },
  } satisfies Partial<StoreBackend>
}

function runningVerbs(world: World) {
  return {
    prepare: async () => {},
    async ensure(release, processes) {
      world.calls.push(`ensure ${processes}`)
      const known = world.stores.get(release.storeId)
      const store = known ?? { release, process: "absent" as const, orders: [], hooks: [] }
      world.stores.set(release.storeId, Object.assign(store, { release }))
      if (processes !== "none") delete store.beside
      if (processes === "running") store.process = "listening"
      if (processes === "stopped") store.process = "absent"
      return seenOf(world, release.storeId)
    },
    async exec(release, { name }) {
      world.calls.push(name)
      need(world, release.storeId).hooks.push(name)
      const ok = !has(release, `fail-${name}`)
      return {
        ...{ ok, exitCode: ok ? 0 : 1, signal: null, timedOut: false, outOfMemory: false, ms: 1 },
        facts: {},
        learned: name === "personalise" ? { key: "pk_toy" } : {},
        logTail: ok ? [] : [`${name} fails, as the store's name asks`],
      }
    },
    async ensureBeside(release) {
      world.calls.push("ensure beside")
      const store = need(world, release.storeId)
      if (digestOf(store.release) !== digestOf(release)) store.beside = release
      return seenOf(world, release.storeId)
    },
    async endBeside(storeId) {
      world.calls.push("end beside")
      delete world.stores.get(storeId)?.beside
    },
    rollback: async (release) => seenOf(world, release.storeId),
    async destroy(storeId) {
      world.calls.push("destroy")
      if (world.leaves) return [{ kind: "files", what: storeId, because: "the test wants it" }]
      world.stores.delete(storeId)
      return []
    },
  } satisfies Partial<StoreBackend>
}

function keepingVerbs(world: World) {
  const { backups } = world
  return {
    async backup(release, backupId) {
      world.calls.push("backup")
      const { storeId, engine, version } = release
      const made: Backup = {
        ...{ storeId, backupId, engine, version, bytes: 42, tool: "memory" },
        madeAt: world.clock.now().toISOString(),
        files: [{ name: "orders", bytes: 42, sha256: "0".repeat(64) }],
      }
      const orders = structuredClone(need(world, storeId).orders)
      const kept = backups.get(backupId) ?? { made, orders }
      backups.set(backupId, kept)
      return kept.made
    },
    backups: async (storeId) =>
      [...backups.values()].map(({ made }) => made).filter((each) => each.storeId === storeId),
    async restore(release, { backupId }) {
      world.calls.push("restore")
      const kept = backups.get(backupId)
      if (!kept) throw fault("invalid", { say: "The backup is damaged." })
      const orders = structuredClone(kept.orders)
      Object.assign(need(world, release.storeId), { release, orders })
      return seenOf(world, release.storeId)
    },
    async readBackup({ backupId }) {
      const kept = backups.get(backupId)
      if (!kept) throw fault("invalid", { say: "There is no such backup." })
      return Duplex.from([JSON.stringify(kept)])
    },
    async writeBackup(ref, archive) {
      const kept = jsonOf(await text(archive)) as { made: Backup; orders: ToyOrder[] } | undefined
      if (!kept?.made) throw fault("invalid", { say: "This is no whole backup of a store." })
      const made = { ...kept.made, ...ref }
      backups.set(ref.backupId, { made, orders: kept.orders })
      return made
    },
    async removeBackup({ backupId }) {
      backups.delete(backupId)
    },
  } satisfies Partial<StoreBackend>
}

function jsonOf(bytes: string): unknown {
  try {
    return JSON.parse(bytes)
  } catch {
    return undefined
  }
}

function need({ stores }: World, id: string): MemoryStore {
  const found = stores.get(id)
  if (!found) throw fault("unavailable", { say: "There is no such store here.", retryable: true })
  return found
}

export type MemoryBackend = ReturnType<typeof makeMemoryBackend>

const has = ({ name }: Release, word: string) =>
  name.toLowerCase().replaceAll(" ", "-").includes(word)

const isolation = "none: in the test's own process"

function seenOf({ stores }: World, storeId: string): StoreSeen {
  const store = stores.get(storeId)
  const common = { storeId, exists: store !== undefined, drift: [], isolation }
  if (!store)
    return { ...common, datastore: { state: "absent", fromTemplate: false }, processes: [] }
  const { release, beside } = store
  return {
    ...common,
    datastore: { state: "ready", fromTemplate: false },
    processes: [{ name: "shop", state: store.process, restarts: 0 }],
    revision: { number: 1, version: release.version, digest: digestOf(release) },
    ...(beside
      ? {
          beside: {
            ...{ version: beside.version, digest: digestOf(beside) },
            processes: [{ name: "shop", state: "listening", restarts: 0 }],
          },
        }
      : {}),
  }
}

async function answer(
  store: MemoryStore,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  clock: { now(): Date },
): Promise<void> {
  const { release, orders } = store
  const reply = (status: number, body: unknown) => {
    response.writeHead(status, { "content-type": "application/json" })
    response.end(JSON.stringify(body))
  }
  request.resume()
  const [, part, id] = (request.url ?? "").split("/")
  const broken =
    has(release, "never-ready") || (has(release, "break-upgrade") && release.version !== "1.0.0")
  if (broken) return reply(503, { error: "not ready, as the store's name asks" })
  if (part === "live" || part === "products") return reply(200, { products: ["mug"] })
  if (request.method === "POST") {
    if (has(release, "fail-order"))
      return reply(500, { error: "no order, as the store's name asks" })
    const order: ToyOrder = {
      ...{
        id: `o${orders.length + 1}`,
        number: `#${orders.length + 1}`,
        total: 1250,
        currency: "EUR",
      },
      ...{ placedAt: clock.now().toISOString(), state: "open", email: null, probe: true },
    }
    orders.unshift(order)
    return reply(200, { order })
  }
  if (id === undefined) return reply(200, orders)
  const found = orders.find((each) => each.id === id)
  if (found && request.method === "DELETE") found.state = "cancelled"
  return found ? reply(200, { order: found }) : reply(404, {})
}
