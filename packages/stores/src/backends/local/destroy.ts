import { lstat, rm } from "node:fs/promises"
import { groupProcesses, removeGroup } from "@vibecaas/kernel/control-groups"
import { bestEffort } from "@vibecaas/kernel/log"
import type { Leftover } from "../../backend.ts"
import { placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import type { StoreRecord } from "./record.ts"
import { endEverything } from "./survivors.ts"

const roundMs = 20
const rounds = 100

/**
 * Removes all that a store has on this host but its backups, and looks whether it is gone. What cannot
 * be removed is named, and the rest goes all the same. Runs in the store's turn.
 */
export async function destroyStore(local: Local, storeId: string): Promise<Leftover[]> {
  const { settings, datastores } = local
  const record = local.records.get(storeId)
  const left: Leftover[] = []
  if (record) {
    for (const pid of await endEverything(local, record)) {
      left.push({ kind: "process", what: `process ${pid}`, because: "It does not end." })
    }
    left.push(...(await removeGroups(local, record)))
  }
  for (const datastore of Object.values(datastores)) {
    await bestEffort(settings.log, "drop a store's database", () => datastore.drop(storeId))
    left.push(...(await leftoversOf(local, datastore, storeId)))
  }
  // As long as something is left, the record says what a later call has to end.
  if (left.length > 0) return left
  const places = placesOf(settings, storeId)
  for (const path of [places.sockets, places.home]) {
    await bestEffort(settings.log, "remove a store's folder", () =>
      rm(path, { recursive: true, force: true }),
    )
    if (await isThere(path)) {
      left.push({ kind: "files", what: `folder ${path}`, because: "It cannot be removed." })
    }
  }
  if (left.length > 0) return left
  local.starts.done(storeId)
  local.uids.release(record?.uid)
  local.records.delete(storeId)
  return []
}

async function leftoversOf(
  local: Local,
  datastore: Local["datastores"]["sqlite"],
  storeId: string,
): Promise<Leftover[]> {
  try {
    return await datastore.leftovers(storeId)
  } catch (error) {
    local.settings.log.warn({ err: error, store: storeId }, "a database cannot be looked at")
    const because = "Its server does not answer."
    return [{ kind: "database", what: `${datastore.kind} database of the store`, because }]
  }
}

async function removeGroups(local: Local, record: StoreRecord): Promise<Leftover[]> {
  const left: Leftover[] = []
  for (const group of record.groups) {
    if (await untilRemoved(local, group)) continue
    const pids = await groupProcesses([group])
    left.push({
      ...{ kind: "group", what: `control group ${group}` },
      because: `The kernel still counts ${pids.length} processes in it.`,
    })
  }
  return left
}

async function untilRemoved({ settings }: Local, group: string): Promise<boolean> {
  for (let round = 0; round < rounds; round++) {
    if (await removeGroup(group)) return true
    await settings.clock.sleep(roundMs)
  }
  return false
}

const isThere = async (path: string) => (await lstat(path).catch(() => undefined)) !== undefined
