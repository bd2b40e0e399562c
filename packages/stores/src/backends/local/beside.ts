import { fault } from "@vibecaas/kernel/fault"
import type { StoreSeen } from "../../backend.ts"
import { digestOf, type Release } from "../../release.ts"
import { otherSide } from "./layout.ts"
import type { Local } from "./local.ts"
import { placeOf } from "./place.ts"
import { freeStart, isRunning, runProcesses, stateOf, stopSet } from "./processes.ts"
import { type StoreRecord, saveRecord } from "./record.ts"
import { makeFolders, recordFor } from "./record-for.ts"
import { seeStore } from "./seen.ts"

/** Who asked for the way to a process just before another took its place still reaches it, in `ms`. */
const drainMs = 500

/** Has a release run on the side that the store does not use. Runs in the store's turn. */
export async function ensureBeside(local: Local, release: Release): Promise<StoreSeen> {
  const record = await recordFor(local, release)
  const digest = digestOf(release)
  // It has taken the place already.
  if (record.digest === digest && !record.beside) return seeStore(local, record.storeId)
  if (!record.hasData) {
    const say = "Nothing can run beside a store that has no data yet."
    throw fault("invalid", { say })
  }
  if (record.beside && record.beside.digest !== digest) await endBeside(local, record)
  await endRetired(local, record)
  const { version, plan } = release
  const placed = await placeOf(local, { record, release, side: otherSide(record.side) })
  await makeFolders(local, record)
  // Whoever waits for it asks for nothing else meanwhile.
  await local.datastores[placed.engine.datastore].wake()
  record.beside ??= { version, plan, digest, processes: {} }
  await saveRecord(local.settings, record)
  const set = record.beside.processes
  const startsBefore = await runProcesses(local, { record, release, placed, set })
  await saveRecord(local.settings, record)
  return seeStore(local, record.storeId, { startsBefore })
}

/** Ends what runs beside a store, if anything does. */
export async function endBeside(local: Local, record: StoreRecord): Promise<void> {
  if (!record.beside) return
  await stopSet(local, record, record.beside.processes)
  delete record.beside
  await saveRecord(local.settings, record)
  freeStart(local, record.storeId)
}

/**
 * What runs beside takes the place of what runs, when it is what is wanted and listens: from one moment to
 * the next, by one write. Else it ends.
 */
export async function settleBeside(
  local: Local,
  record: StoreRecord,
  digest: string,
): Promise<void> {
  const { beside } = record
  if (!beside) return
  const states = await Promise.all(Object.values(beside.processes).map(stateOf))
  const isUp = states.length > 0 && states.every((state) => state === "listening")
  if (beside.digest !== digest || !isUp) return endBeside(local, record)
  // Two sets cannot be told apart by side once a third is there.
  await endRetired(local, record)
  const { version, plan, processes } = beside
  const retiring = record.processes
  Object.assign(record, { version, plan, digest, processes, retiring })
  record.side = otherSide(record.side)
  delete record.beside
  await saveRecord(local.settings, record)
}

/** Ends what another version took the place of, once nobody is led to it any more. */
export async function endRetired(local: Local, record: StoreRecord): Promise<void> {
  const known = Object.values(record.retiring)
  if (known.length === 0) return
  if ((await Promise.all(known.map(isRunning))).includes(true)) {
    await local.settings.clock.sleep(drainMs)
  }
  await stopSet(local, record, record.retiring)
  record.retiring = {}
  await saveRecord(local.settings, record)
}
