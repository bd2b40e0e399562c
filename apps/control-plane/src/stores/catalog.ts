import type { StoreEngine } from "@vibecaas/contract/store"
import { storePlanNames, storePlans } from "@vibecaas/contract/store-plans"
import { fault } from "@vibecaas/kernel/fault"
import type { BackendSeen, StoreBackend } from "@vibecaas/stores/backend"
import type { Engine } from "@vibecaas/stores/engine"
import type { EngineSet } from "@vibecaas/stores/engines"
import { z } from "zod"
import type { Parts } from "../core/ctx.ts"

/** Which engines there are, and which of their versions can run here. */
export interface Catalog {
  list(): Promise<StoreEngine[]>
  /**
   * An engine with a version that can run; the newest when none is named.
   *
   * @throws Fault `invalid` at `/engine` or `/version`, with the command that installs what is missing
   */
  need(engine: string, version?: string): Promise<{ engine: Engine; version: string }>
  /** later versions of an engine that can run here, as they were last seen; the newest first */
  upgradesOf(engine: string, version: string): string[]
  /** those of these versions that work with a version's data as they are */
  besideOf(engine: string, version: string, later: readonly string[]): string[]
}

/** How long what was seen counts, in `ms`: people install engines while the server runs. */
const keptMs = 3000

export function makeCatalog(parts: {
  engines: EngineSet
  backend: Pick<StoreBackend, "probe">
  clock: Parts["clock"]
}): Catalog {
  const { engines, backend, clock } = parts
  let seen: BackendSeen | undefined
  let seenAt = 0
  const look = async () => {
    if (seen && clock.now().getTime() - seenAt < keptMs) return seen
    seen = await backend.probe()
    seenAt = clock.now().getTime()
    return seen
  }
  return {
    async list() {
      const now = await look()
      return engines.list().map((engine) => shownEngine(engine, now))
    },
    async need(name, version) {
      const engine = engines.find(name)
      return { engine, version: versionOf(engine, await look(), version) }
    },
    besideOf: (name, version, later) =>
      seen?.beside === false
        ? []
        : later.filter((to) => engines.find(name).sharesData(version, to)),
    upgradesOf(name, version) {
      if (!seen) return []
      const engine = engines.find(name)
      const { versions } = shownEngine(engine, seen)
      const at = versions.findIndex((each) => each.version === version)
      const later = versions.slice(0, Math.max(0, at)).filter(runs)
      return later
        .map((each) => each.version)
        .filter((to) => engine.refusesUpgrade(version, to) === undefined)
    },
  }
}

type Version = StoreEngine["versions"][number]
const runs = ({ installed, lacks }: Version) => installed && lacks === null

function shownEngine(engine: Engine, seen: BackendSeen): StoreEngine {
  const { name, title, about, simulated } = engine
  return {
    ...{ name, title, about, simulated, isolation: seen.isolation },
    plans: storePlanNames.map((plan) => {
      const { memoryMiB: memoryMib, cpuCount: cpus, diskMiB: diskMib } = engine.limits(plan)
      return { plan, memoryMib, cpus, diskMib, price: storePlans[plan].price }
    }),
    versions: engine.versions.map(({ version }) => {
      const here = seen.engines.find((each) => each.engine === name && each.version === version)
      const installed = here?.installed ?? false
      const command = installed ? null : (here?.command ?? engine.installCommand(version))
      return { version, installed, command, lacks: here?.lacks ?? null }
    }),
    values: z.toJSONSchema(engine.values, { io: "input", unrepresentable: "any" }) as Record<
      string,
      unknown
    >,
  }
}

function versionOf(engine: Engine, seen: BackendSeen, wanted: string | undefined): string {
  const { versions } = shownEngine(engine, seen)
  const found =
    wanted === undefined
      ? (versions.find(runs) ?? versions[0])
      : versions.find(({ version }) => version === wanted)
  if (!found) {
    const known = versions.map(({ version }) => version).join(", ")
    throw wrong("/version", `${engine.title} has no version ${wanted} here. There are ${known}.`)
  }
  if (runs(found)) return found.version
  const field = wanted === undefined ? "/engine" : "/version"
  if (found.lacks) throw wrong(field, found.lacks)
  const say = `${engine.title} ${found.version} is not installed. An administrator of this installation runs: ${found.command}`
  throw wrong(field, say)
}

/** Fault `invalid` at one field. */
export const wrong = (field: string, say: string) =>
  fault("invalid", { say, fields: { [field]: say } })
