import { chown, lchown } from "node:fs/promises"
import { kernelBootId } from "@vibecaas/kernel/processes"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import type { Revision, StoreSeen } from "../../backend.ts"
import type { Engine } from "../../engine.ts"
import { digestOf, type Release } from "../../release.ts"
import { ownFolders, placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import { rotateLogs } from "./logs.ts"
import { placeOf } from "./place.ts"
import { runProcesses, stopAll } from "./processes.ts"
import { type StoreRecord, saveRecord } from "./record.ts"
import { startedByRoot } from "./root.ts"
import { seeStore } from "./seen.ts"
import { templateName } from "./template-name.ts"

/** Brings a store to what its release says, as far as one call can. Runs in the store's turn. */
export async function ensureStore(
  local: Local,
  release: Release,
  options: { processes: "running" | "stopped" | "none"; about?: string },
): Promise<StoreSeen> {
  const { settings } = local
  const engine = settings.engines.find(release.engine)
  const record = await recordFor(local, release)
  const placed = await placeOf(local, { record, release })
  await makeFolders(local, record)
  await ensureData(local, { record, release, engine })
  await rotateLogs(settings, record.storeId)
  const digest = digestOf(release)
  Object.assign(record, { version: release.version, plan: release.plan, digest })
  if (options.processes === "none") {
    await saveRecord(settings, record)
    return seeStore(local, record.storeId)
  }
  record.wanted = options.processes
  await saveRecord(settings, record)
  if (options.processes === "stopped") {
    await stopAll(local, record)
    return seeStore(local, record.storeId)
  }
  addRevision(local, record, options.about)
  const startsBefore = await runProcesses(local, { record, release, placed })
  await saveRecord(settings, record)
  return seeStore(local, record.storeId, { startsBefore })
}

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
    ...{ fromTemplate: false, hasData: false, ports: {}, processes: {} },
    ...{ revisions: [], groups: [] },
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
  for (const known of Object.values(record.processes)) {
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
    if (record.uid !== undefined) await lchown(path, record.uid, record.uid)
  }
  await makeDirectory(places.sockets, 0o700)
  if (record.uid === undefined) return
  // Who may connect is in the folder's group, which its sockets get too.
  await chown(places.sockets, record.uid, settings.owner?.gid ?? record.uid)
  await makeDirectory(places.sockets, startedByRoot() ? 0o2710 : 0o700)
}

async function ensureData(
  local: Local,
  { record, release, engine }: { record: StoreRecord; release: Release; engine: Engine },
): Promise<void> {
  const datastore = local.datastores[engine.datastore]
  const password = release.secrets.databasePassword ?? ""
  const before = await datastore.state(record.storeId)
  const name = templateName(engine, release.version)
  // Lost data come back from a backup: an empty shop in their place would hide the loss.
  const fresh = before === "absent" && !record.hasData
  const template = fresh && engine.template && (await datastore.templates?.has(name))
  if (before !== "absent" || fresh) {
    await datastore.ensure(record, { password, ...(template ? { template: name } : {}) })
  }
  if (template) record.fromTemplate = true
}

/** A revision is written when another version or plan begins to run. */
function addRevision(local: Local, record: StoreRecord, about: string | undefined): void {
  const last = record.revisions.at(-1)
  const same = last?.version === record.version && last.plan === record.plan
  if (same && about === undefined) return
  for (const revision of record.revisions) {
    if (revision.state === "running") revision.state = "superseded"
  }
  record.revisions.push({
    number: (last?.number ?? 0) + 1,
    ...{ engine: record.engine, version: record.version, plan: record.plan },
    at: local.settings.clock.now().toISOString(),
    ...{ state: "running", about: about ?? aboutOf(record, last) },
  })
  record.revisions.splice(0, record.revisions.length - revisionsMax)
}

const revisionsMax = 50

function aboutOf({ version, plan }: StoreRecord, last: Revision | undefined): string {
  if (!last) return "Installed"
  if (last.version === version) return `Plan changed from ${last.plan} to ${plan}`
  return `Changed from ${last.version} to ${version}`
}
