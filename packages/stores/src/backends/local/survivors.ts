import { groupProcesses } from "@vibecaas/kernel/control-groups"
import {
  endAll,
  processesInGroup,
  processesMarked,
  processesOfUid,
} from "@vibecaas/kernel/processes"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { markOf } from "./launch.ts"
import { partOf, sides } from "./layout.ts"
import type { Local } from "./local.ts"
import { type StoreRecord, setsOf } from "./record.ts"

const roundMs = 20
const rounds = 250

interface Part {
  /** `shop`, or a hook's or tool's name */
  part: string
  /** its first process, which leads its group */
  pid: number | undefined
}

/** Living processes of one part of a store, wherever they have moved. */
export async function processesOfPart(storeId: string, { part, pid }: Part): Promise<number[]> {
  const group = pid === undefined ? [] : await processesInGroup(pid)
  return [...new Set([...group, ...(await processesMarked(markOf(storeId, part)))])]
}

/** Asks a part to end, and ends it when it has not within `graceMs`. @returns processes that survive that */
export async function stopPart(
  local: Local,
  record: StoreRecord,
  { graceMs, ...part }: Part & { graceMs: number },
): Promise<number[]> {
  const { clock } = local.settings
  for (const pid of await processesOfPart(record.storeId, part)) signalQuietly(pid, "SIGTERM")
  // By the clock: to look for processes may itself take longer than a pause.
  const until = clock.now().getTime() + graceMs
  while (clock.now().getTime() < until) {
    if ((await processesOfPart(record.storeId, part)).length === 0) return []
    await clock.sleep(roundMs)
  }
  return endPart(local, record, part)
}

export function endPart(local: Local, record: StoreRecord, part: Part): Promise<number[]> {
  return endAll(() => processesOfPart(record.storeId, part), roundsOf(local))
}

/** Ends everything that is the store's beyond doubt. @returns what survives */
export function endEverything(local: Local, record: StoreRecord): Promise<number[]> {
  return endAll(() => processesOfStore(local, record), roundsOf(local))
}

export async function processesOfStore(local: Local, record: StoreRecord): Promise<number[]> {
  const names = new Set(setsOf(record).flatMap((set) => Object.keys(set)))
  const sided = [...names].flatMap((name) => sides.map((side) => partOf(name, side)))
  const parts = [...sided, "hook", "tool"]
  const marked = await Promise.all(
    parts.map((part) => processesMarked(markOf(record.storeId, part))),
  )
  const ofUid = local.uids.owns(record.uid) ? await processesOfUid(record.uid ?? -1) : []
  const grouped = await groupProcesses(record.groups)
  return [...new Set([...marked.flat(), ...ofUid, ...grouped])].filter(
    (pid) => pid > 1 && pid !== process.pid,
  )
}

const roundsOf = ({ settings }: Local) => ({
  most: rounds,
  wait: () => settings.clock.sleep(roundMs),
})
