import { chown, lchown, lstat, readdir } from "node:fs/promises"
import { join } from "node:path"
import { kernelBootId } from "@vibecaas/kernel/processes"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import { digestOf, type Release } from "../../release.ts"
import { ownFolders, placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import { processesIn, type StoreRecord, saveRecord } from "./record.ts"
import { startedByRoot } from "./root.ts"

/** What is known of the store; a new record around whatever is there of it otherwise. */
export async function recordFor(local: Local, release: Release): Promise<StoreRecord> {
  const { settings, records, uids } = local
  const bootId = await kernelBootId()
  const known = records.get(release.storeId)
  if (known) {
    if (known.bootId !== bootId) forgetProcesses(known, bootId)
    return known
  }
  const uid = await uids.claim(undefined)
  const record: StoreRecord = {
    ...{ storeId: release.storeId, engine: release.engine, version: release.version },
    ...{ plan: release.plan, digest: digestOf(release), bootId, wanted: "stopped" },
    ...{ fromTemplate: false, hasData: false, ports: {}, side: "a", processes: {} },
    ...{ retiring: {}, revisions: [], groups: [] },
    ...(uid === undefined ? {} : { uid }),
  }
  await makeDirectory(placesOf(settings, record.storeId).home, 0o711)
  await saveRecord(settings, record)
  records.set(record.storeId, record)
  return record
}

/** Numbers of processes mean nothing after the kernel has started anew. */
export function forgetProcesses(record: StoreRecord, bootId: string): void {
  record.bootId = bootId
  record.groups = []
  delete record.hook
  for (const known of processesIn(record)) {
    delete known.process
    delete known.init
  }
}

export async function makeFolders({ settings }: Local, record: StoreRecord): Promise<void> {
  const places = placesOf(settings, record.storeId)
  await makeDirectory(places.home, 0o711)
  await makeDirectory(places.logs, 0o700)
  for (const path of ownFolders(places)) {
    await makeDirectory(path, 0o700)
    if (record.uid !== undefined) await give(path, record.uid)
  }
  await makeDirectory(places.sockets, 0o700)
  if (record.uid === undefined) return
  // Who may connect is in the folder's group, which its sockets get too.
  await chown(places.sockets, record.uid, settings.owner?.gid ?? record.uid)
  await makeDirectory(places.sockets, startedByRoot() ? 0o2710 : 0o700)
}

/**
 * Gives a folder with all that is in it to a user; nothing to do where it is theirs. The folder itself comes
 * last, so that one that broke off is given again.
 */
export async function give(path: string, uid: number): Promise<void> {
  if ((await lstat(path)).uid === uid) return
  for (const inside of await readdir(path, { recursive: true }))
    await lchown(join(path, inside), uid, uid)
  await lchown(path, uid, uid)
}
