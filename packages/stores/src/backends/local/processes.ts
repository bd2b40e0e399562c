import { connect } from "node:net"
import { outOfMemoryKills } from "@vibecaas/kernel/control-groups"
import { bestEffort } from "@vibecaas/kernel/log"
import { findInit, isAlive } from "@vibecaas/kernel/processes"
import type { Listen, ProcessSpec } from "../../engine.ts"
import type { Release } from "../../release.ts"
import { digestOf } from "../../release.ts"
import { groupsOf, launch, shopGroup } from "./launch.ts"
import { partOf } from "./layout.ts"
import type { Local } from "./local.ts"
import { openLog } from "./logs.ts"
import type { Placed } from "./place.ts"
import {
  type ProcessRecord,
  type ProcessSet,
  processesIn,
  type StoreRecord,
  saveRecord,
  setsOf,
} from "./record.ts"
import { endOf } from "./run-inside.ts"
import { endPart, stopPart } from "./survivors.ts"
import { layWorkFiles } from "./work-files.ts"

/** A process whose record names one that lives, alone or as the first of its namespace. */
export async function isRunning({ process, init }: ProcessRecord): Promise<boolean> {
  const named = [process, init].filter((name) => name !== undefined)
  return (await Promise.all(named.map(isAlive))).includes(true)
}

export interface Running {
  record: StoreRecord
  release: Release
  placed: Placed
  /** of the store's record, where they are kept */
  set: ProcessSet
}

/**
 * Has every process of the release run. Those that run with another release are ended first; those that
 * do not run are started once it is the store's turn.
 *
 * @returns how many starts are before; 0 when nothing waits
 */
export async function runProcesses(local: Local, running: Running): Promise<number> {
  const { record, release, placed, set } = running
  const digest = digestOf(release)
  const wanted = new Set(placed.specs.map(({ name }) => name))
  const missing: ProcessSpec[] = []
  for (const name of Object.keys(set)) {
    if (!wanted.has(name)) await stopProcess(local, record, { name, set })
  }
  for (const spec of placed.specs) {
    const known = set[spec.name]
    const stays = known && (await isRunning(known)) && known.digest === digest
    if (stays && !(await hangs(local, known))) continue
    if (known) await stopProcess(local, record, { name: spec.name, set })
    missing.push(spec)
  }
  if (missing.length === 0) return 0
  const before = local.starts.ask(record.storeId)
  if (before > 0) return before
  try {
    for (const spec of missing) await startProcess(local, running, spec)
  } catch (error) {
    freeStart(local, record.storeId)
    throw error
  }
  void bestEffort(local.settings.log, "watch a store's start", () => watchStart(local, running))
  return 0
}

/** It lives and does not listen, though its time to start is over. */
async function hangs({ settings }: Local, known: ProcessRecord): Promise<boolean> {
  const sinceMs = settings.clock.now().getTime() - new Date(known.startedAt).getTime()
  return sinceMs > known.startMs && !(await listens(known.listen))
}

async function startProcess(local: Local, running: Running, spec: ProcessSpec): Promise<void> {
  const { record, release, placed, set } = running
  const { settings } = local
  const { side } = placed
  await layWorkFiles(local, { record, side }, spec)
  const known = set[spec.name]
  const listen = placed.place.listen[spec.name]
  const made: ProcessRecord = {
    ...{ side, digest: digestOf(release) },
    startedAt: settings.clock.now().toISOString(),
    ...{ startMs: spec.startMs, stopMs: spec.stopMs },
    ...(listen ? { listen } : {}),
    restarts: (known?.restarts ?? 0) + (known && endedByItself(known) ? 1 : 0),
    ...(known?.end ? { end: known.end } : {}),
  }
  set[spec.name] = made
  const part = partOf(spec.name, side)
  const log = await openLog(settings, record.storeId, part)
  try {
    const killedBefore = await outOfMemoryKills(groupsOf(record, shopGroup(side)))
    const child = await launch(local, record, {
      program: {
        ...{ argv: spec.argv, env: spec.env, part, group: shopGroup(side), side },
        ...{ network: placed.network, readOnly: placed.sees },
        cwd: spec.cwd ?? placed.place.dirs.work,
        limits: placed.engine.limits(release.plan),
        ...{ out: log.fd, err: log.fd },
      },
      known: async (name) => {
        made.process = name
        await saveRecord(settings, record)
      },
    })
    local.watched.add(made)
    void endOf(child).then((end) =>
      bestEffort(settings.log, "note the end of a store's process", () =>
        noteEnd(local, record, { name: spec.name, made, killedBefore, end }),
      ),
    )
  } finally {
    await log.close()
  }
}

const endedByItself = ({ end, startedAt }: ProcessRecord) =>
  end !== undefined && end.at >= startedAt

interface NotedEnd {
  name: string
  made: ProcessRecord
  killedBefore: number
  end: { exitCode: number | null; signal: string | null }
}

async function noteEnd(
  local: Local,
  record: StoreRecord,
  { name, made, killedBefore, end }: NotedEnd,
): Promise<void> {
  await local.inTurn(record.storeId, async () => {
    // Ended on purpose, or another one is in its place: then it is no news.
    const known = local.records.get(record.storeId)
    const isThere = known && setsOf(known).some((set) => set[name] === made)
    if (!isThere || !made.process) return
    // A wall's outermost process may have been ended alone: nobody will tell us of the others.
    if (await isRunning(made)) return void local.watched.delete(made)
    const outOfMemory =
      (await outOfMemoryKills(groupsOf(record, shopGroup(made.side)))) > killedBefore
    const at = local.settings.clock.now().toISOString()
    made.end = { ...end, outOfMemory, at }
    delete made.process
    delete made.init
    await saveRecord(local.settings, record)
  })
  local.tell(record.storeId)
}

/** Until all listen, one has ended, or the time is over; then the next store may start. */
async function watchStart(local: Local, { record, placed, set }: Running): Promise<void> {
  const { clock } = local.settings
  const { specs } = placed
  const longest = Math.max(...specs.map(({ startMs }) => startMs))
  try {
    for (let waitedMs = 0; waitedMs < longest; waitedMs += pauseMs) {
      if (local.closing.aborted) return
      const states = await Promise.all(specs.map(({ name }) => stateOf(set[name])))
      if (!states.includes("starting")) break
      await clock.sleep(pauseMs)
    }
    await local.inTurn(record.storeId, () => noteInits(local, record))
  } finally {
    freeStart(local, record.storeId)
    local.tell(record.storeId)
  }
}

const pauseMs = 50

async function noteInits(local: Local, record: StoreRecord): Promise<void> {
  if (local.records.get(record.storeId) !== record) return
  for (const known of processesIn(record)) {
    if (!known.process || known.init) continue
    const init = await findInit(known.process.pid)
    if (init) known.init = init
  }
  await saveRecord(local.settings, record)
}

export function freeStart(local: Local, storeId: string): void {
  const next = local.starts.done(storeId)
  if (next !== undefined) local.tell(next)
}

/** `ended` also when it was never started. */
export async function stateOf(
  known: ProcessRecord | undefined,
): Promise<"starting" | "listening" | "ended"> {
  if (!known || !(await isRunning(known))) return "ended"
  return (await listens(known.listen)) ? "listening" : "starting"
}

/** Ends one process of a store for good; its record says so. */
async function stopProcess(
  local: Local,
  record: StoreRecord,
  { name, set }: { name: string; set: ProcessSet },
): Promise<void> {
  const known = set[name]
  if (!known) return
  const part = partOf(name, known.side)
  const pid = known.process?.pid
  const lived = await isRunning(known)
  const asked = lived
    ? await stopPart(local, record, { part, pid, graceMs: known.stopMs })
    : await endPart(local, record, { part, pid })
  if (asked.length > 0) {
    local.settings.log.warn({ store: record.storeId, pids: asked }, "a store's process survives")
  }
  // It ended by itself while nobody watched: how is not known.
  if (!lived && known.process && !known.end) {
    const at = local.settings.clock.now().toISOString()
    known.end = { exitCode: null, signal: null, outOfMemory: false, at }
  }
  delete known.process
  delete known.init
  await saveRecord(local.settings, record)
}

/** Ends processes of a set in their order, which is the one in which visitors pass them. */
export async function stopSet(local: Local, record: StoreRecord, set: ProcessSet): Promise<void> {
  for (const name of Object.keys(set)) await stopProcess(local, record, { name, set })
}

/** Ends all of a store, whatever it is there for. */
export async function stopAll(local: Local, record: StoreRecord): Promise<void> {
  for (const set of setsOf(record)) await stopSet(local, record, set)
  delete record.beside
  record.retiring = {}
  await saveRecord(local.settings, record)
  freeStart(local, record.storeId)
}

/** Somebody takes connections there; what listens nowhere is fine. */
export function listens(listen: Listen | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    if (!listen) return resolve(true)
    const socket = connect("socket" in listen ? { path: listen.socket } : { ...listen })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("connect", () => settle(true))
    socket.once("error", () => settle(false))
    socket.setTimeout(2000, () => settle(false))
  })
}
