import { createServer } from "node:net"
import { fault } from "@vibecaas/kernel/fault"
import type { Database, Engine, Listen, Place, ProcessSpec } from "../../engine.ts"
import type { Release } from "../../release.ts"
import { termsOf } from "../../terms.ts"
import { installOf } from "./installs.ts"
import { partOf, placesOf, type Side } from "./layout.ts"
import type { Local } from "./local.ts"
import { processesIn, type StoreRecord } from "./record.ts"

/** What engines build argv and environment from, and the processes that they want. */
export interface Placed {
  engine: Engine
  place: Place
  specs: readonly ProcessSpec[]
  /** paths beside the store's own that its programs must see */
  sees: readonly string[]
  /** a process listens on a port: the store then shares the host's network */
  network: boolean
  side: Side
}

/**
 * @param of with another database than the store's own for the making of a template; its own side when absent
 * @throws Fault `unavailable` when the version is not installed
 */
export async function placeOf(
  local: Local,
  of: {
    record: StoreRecord
    release: Release
    database?: Database | undefined
    side?: Side | undefined
  },
): Promise<Placed> {
  const { settings, staged, datastores } = local
  const { record, release, database, side = record.side } = of
  const engine = settings.engines.find(release.engine)
  const installDir = await installOf(local, engine, release.version)
  const { files, works, tmp, sockets } = placesOf(settings, record.storeId)
  const datastore = datastores[engine.datastore]
  const unplaced: Place = {
    ...termsOf(engine, release),
    ...{ installDir, nodePath: staged.nodePath, dirs: { files, work: works[side], tmp } },
    database: database ?? datastore.connection(record.storeId, release.secrets),
    ...{ listen: {}, verbose: release.verbose },
  }
  const wanted = engine.processes(unplaced)
  const network = wanted.some(({ listens }) => listens === "port")
  const listen: Record<string, Listen> = {}
  for (const { name, listens } of wanted) {
    if (listens === "nothing") continue
    const part = partOf(name, side)
    listen[name] =
      listens === "socket"
        ? { socket: `${sockets}/${part}.sock` }
        : { host: "127.0.0.1", port: await portOf(record, part) }
  }
  const place = { ...unplaced, listen }
  const sees = [installDir, ...datastore.sees]
  return { engine, place, specs: engine.processes(place), sees, network, side }
}

const ports = { first: 21_000, count: 8000 }

/** The port that a process had, while nobody else took it in between; else another free one. */
async function portOf(record: StoreRecord, part: string): Promise<number> {
  const known = record.ports[part]
  if (known !== undefined && (isTaken(record, known) || (await isFree(known)))) return known
  const start = hashOf(`${record.storeId} ${part}`) % ports.count
  for (let at = 0; at < ports.count; at++) {
    const port = ports.first + ((start + at * 7) % ports.count)
    if (port !== known && (await isFree(port))) {
      record.ports[part] = port
      return port
    }
  }
  throw fault("host_full", {
    say: "No port is free for another store on this host.",
    retryable: true,
  })
}

/** By a process of the store itself. */
const isTaken = (record: StoreRecord, port: number) =>
  processesIn(record).some(
    ({ process, listen }) => process && listen && "port" in listen && listen.port === port,
  )

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(false))
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)))
  })
}

const hashOf = (text: string) =>
  [...text].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7)
