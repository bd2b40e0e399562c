import { lstat, readdir } from "node:fs/promises"
import { memoryOf, processorTimeOf } from "@vibecaas/kernel/processes"
import type { ProcessSeen, StoreSeen } from "../../backend.ts"
import type { Engine } from "../../engine.ts"
import { partOf, placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import { isRunning, listens } from "./processes.ts"
import type { ProcessRecord, ProcessSet, StoreRecord } from "./record.ts"
import { processesOfPart } from "./survivors.ts"

/** What is there of a store; looks and changes nothing. */
export async function seeStore(
  local: Local,
  storeId: string,
  options: { startsBefore?: number; usage?: boolean } = {},
): Promise<StoreSeen> {
  const record = local.records.get(storeId)
  if (!record) return seeNothing(local, storeId)
  const engine = engineOf(local, record)
  const datastore = engine && local.datastores[engine.datastore]
  const state = (await datastore?.state(storeId)) ?? "absent"
  const see = (set: ProcessSet) =>
    Promise.all(
      Object.entries(set).map(([name, known]) =>
        seeProcess(local, record, { name, known, usage: options.usage === true }),
      ),
    )
  const processes = await see(record.processes)
  const { beside } = record
  const revision = record.revisions.findLast((one) => one.state === "running")
  const usage: Usage = options.usage === true ? await usageOf(local, record, engine) : {}
  return {
    ...{ storeId, exists: true, processes },
    datastore: {
      ...{ state, fromTemplate: record.fromTemplate },
      ...(usage.dataMiB === undefined ? {} : { mib: usage.dataMiB }),
    },
    ...(options.startsBefore ? { startsBefore: options.startsBefore } : {}),
    ...(revision
      ? { revision: { number: revision.number, version: revision.version, digest: record.digest } }
      : {}),
    ...(beside
      ? {
          beside: {
            ...{ version: beside.version, digest: beside.digest },
            processes: await see(beside.processes),
          },
        }
      : {}),
    drift: driftOf(record, { state, processes }),
    ...(usage.filesMiB === undefined ? {} : { filesMiB: usage.filesMiB }),
    isolation: isolationOf(local),
  }
}

async function seeNothing(local: Local, storeId: string): Promise<StoreSeen> {
  const home = await lstat(placesOf(local.settings, storeId).home).catch(() => undefined)
  return {
    ...{ storeId, exists: home !== undefined, processes: [], drift: [] },
    datastore: { state: "absent", fromTemplate: false },
    isolation: isolationOf(local),
  }
}

function engineOf({ settings }: Local, record: StoreRecord): Engine | undefined {
  return settings.engines.list().find(({ name }) => name === record.engine)
}

interface Process {
  name: string
  known: ProcessRecord
  usage: boolean
}

async function seeProcess(
  local: Local,
  record: StoreRecord,
  { name, known, usage }: Process,
): Promise<ProcessSeen> {
  const state = await stateOf(local, record, known)
  const alive = state === "starting" || state === "listening"
  const pids =
    usage && alive
      ? await processesOfPart(record.storeId, {
          part: partOf(name, known.side),
          pid: known.process?.pid,
        })
      : []
  return {
    ...{ name, state, startedAt: known.startedAt, restarts: known.restarts },
    ...(known.end ? { end: known.end } : {}),
    ...(pids.length > 0
      ? { memoryMiB: await memoryOf(pids), cpuMs: await processorTimeOf(pids) }
      : {}),
  }
}

async function stateOf(
  local: Local,
  record: StoreRecord,
  known: ProcessRecord,
): Promise<ProcessSeen["state"]> {
  if (await isRunning(known)) return (await listens(known.listen)) ? "listening" : "starting"
  if (record.wanted === "stopped") return "absent"
  if (local.starts.waits(record.storeId)) return "waiting"
  // It has just ended; how will be known in a moment.
  return known.process && local.watched.has(known) ? "starting" : "ended"
}

/** What `ensure` would correct. A process that starts is no difference. */
function driftOf(
  record: StoreRecord,
  seen: { state: StoreSeen["datastore"]["state"]; processes: ProcessSeen[] },
): string[] {
  const drift: string[] = []
  if (record.hasData && seen.state === "absent") drift.push("Its database is gone.")
  // What was ended on purpose may have its database's server ended too.
  if (record.hasData && record.wanted === "running" && seen.state === "unreachable")
    drift.push("Its database does not answer.")
  for (const { name, state } of seen.processes) {
    if (state === "ended") drift.push(`Its process "${name}" has ended.`)
  }
  if (record.beside) drift.push(`Version ${record.beside.version} of it runs beside it.`)
  if (Object.keys(record.retiring).length > 0) drift.push("An earlier version of it still runs.")
  return drift
}

export function isolationOf({ wall, cgroups, settings }: Local): string {
  const uid = settings.uidRange.count > 0 && process.getuid?.() === 0
  const limits = Object.entries(cgroups.limits).filter(([, held]) => held)
  const parts = [
    wall.words,
    ...(wall.name === "bubblewrap" && uid ? ["a user of its own"] : []),
    ...(wall.name === "bubblewrap" ? ["no network but for engines that need a port"] : []),
    limits.length > 0 ? `limits on ${limits.map(([name]) => name).join(", ")}` : "no limits",
  ]
  return `${parts.join(", ")}.`
}

interface Usage {
  filesMiB?: number
  dataMiB?: number
}

async function usageOf(
  local: Local,
  record: StoreRecord,
  engine: Engine | undefined,
): Promise<Usage> {
  // A database in a file is measured as such.
  const { files, works, tmp } = placesOf(local.settings, record.storeId)
  const sizes = await Promise.all([files, works.a, works.b, tmp].map(bytesIn))
  const dataMiB = engine && (await local.datastores[engine.datastore].size(record.storeId))
  return {
    filesMiB: toMiB(sizes.reduce((sum, size) => sum + size, 0)),
    ...(dataMiB === undefined ? {} : { dataMiB }),
  }
}

/** of all files below a folder; what vanishes meanwhile counts nothing */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return bytesIn(path)
      return (await lstat(path).catch(() => undefined))?.size ?? 0
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

export const toMiB = (bytes: number): number => Math.round((bytes / 1024 / 1024) * 10) / 10
