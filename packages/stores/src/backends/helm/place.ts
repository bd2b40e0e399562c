import { fault } from "@vibecaas/kernel/fault"
import type { Engine, Listen, Place, ProcessSpec } from "../../engine.ts"
import type { Release } from "../../release.ts"
import { termsOf } from "../../terms.ts"

/** Folders of a store's pods; the image has the engine's programs, and Node, at fixed places. */
export const inPod = {
  files: "/store/files",
  database: "/store/data/store.sqlite",
  installDir: "/engine",
  nodePath: "/usr/local/bin/node",
  copySqlite: "/platform/copy-sqlite.ts",
} as const

const firstPort = 8080

/** What engines build argv and environment from, in a pod. */
export interface Placed {
  engine: Engine
  place: Place
  specs: readonly ProcessSpec[]
  ports: Readonly<Record<string, number>>
}

/** @throws Fault `invalid` for an engine that cannot run on a cluster yet */
export function placeOf(engine: Engine, release: Release): Placed {
  const unplaced: Place = {
    ...termsOf(engine, release),
    ...{ installDir: inPod.installDir, nodePath: inPod.nodePath },
    dirs: { files: inPod.files, work: "/store/work", tmp: "/tmp" },
    database: { kind: "sqlite", file: inPod.database },
    ...{ listen: {}, verbose: release.verbose },
  }
  const why = lacksOf(engine)
  if (why) throw fault("invalid", { say: why })
  const listening = engine.processes(unplaced).filter(({ listens }) => listens !== "nothing")
  const ports = Object.fromEntries(listening.map(({ name }, at) => [name, firstPort + at]))
  const listen = Object.fromEntries(
    Object.entries(ports).map(([name, port]): [string, Listen] => [
      name,
      { host: "0.0.0.0", port },
    ]),
  )
  const place = { ...unplaced, listen }
  return { engine, place, ports, specs: engine.processes(place) }
}

/** Why an engine cannot run on a cluster yet; nothing when it can. */
export function lacksOf(engine: Engine): string | undefined {
  if (engine.datastore === "sqlite") return undefined
  return `${engine.title} does not run on a cluster yet: its database has no chart.`
}
