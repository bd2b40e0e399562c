import type { Revision, StoreSeen } from "../../backend.ts"
import type { Engine } from "../../engine.ts"
import { digestOf, type Release } from "../../release.ts"
import { endRetired, settleBeside } from "./beside.ts"
import type { Local } from "./local.ts"
import { rotateLogs } from "./logs.ts"
import { placeOf } from "./place.ts"
import { runProcesses, stopAll } from "./processes.ts"
import { type StoreRecord, saveRecord } from "./record.ts"
import { makeFolders, recordFor } from "./record-for.ts"
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
  if (options.processes === "running") await settleBeside(local, record, digestOf(release))
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
  const startsBefore = await runProcesses(local, {
    ...{ record, release, placed },
    set: record.processes,
  })
  await saveRecord(settings, record)
  await endRetired(local, record)
  return seeStore(local, record.storeId, { startsBefore })
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
