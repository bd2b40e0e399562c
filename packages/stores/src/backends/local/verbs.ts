import type { Duplex } from "node:stream"
import { fault } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import type { BackupRef, HookOutcome, HookRun, StoreBackend } from "../../backend.ts"
import { adoptArchive, inboxFor } from "../../backups/adopt-archive.ts"
import {
  backupDir,
  checkBackup,
  checkFits,
  listBackups,
  removeBackup,
} from "../../backups/keep-backups.ts"
import type { Listen } from "../../engine.ts"
import { openListening } from "../../open-listening.ts"
import { packBackup, type ReachableBackend, sendBackup } from "../../reachable.ts"
import { digestOf, type Release, releaseSchema } from "../../release.ts"
import { checkBackupRef, checkStoreId } from "../../store-ids.ts"
import { makeBackup, restoreBackup } from "./backups.ts"
import { endBeside, ensureBeside } from "./beside.ts"
import { destroyStore } from "./destroy.ts"
import { ensureStore } from "./ensure.ts"
import { runHook } from "./hooks.ts"
import { seeEngines } from "./installs.ts"
import type { Local } from "./local.ts"
import { readLogs } from "./logs.ts"
import { stopAll } from "./processes.ts"
import { storeIdsOnDisk } from "./record.ts"
import { recordFor } from "./record-for.ts"
import { isolationOf, seeStore } from "./seen.ts"
import { endEverything, endPart } from "./survivors.ts"
import { prepareTemplate } from "./templates.ts"

/** The backend's verbs; each checks what it was given, takes the store's turn and does its work. */
export function makeVerbs(
  local: Local,
  { hear, ended }: { hear: StoreBackend["hear"]; ended: () => void },
): ReachableBackend {
  const { inTurn } = local
  const reach: ReachableBackend["reach"] = (...asked) => reachProcess(local, asked)
  const reachBackup = async (ref: BackupRef) => {
    await checkBackup(local, checkBackupRef(ref))
    return backupDir(local.settings, ref)
  }
  const inbox = {
    reachInbox: async (ref: BackupRef) => inboxFor(local, checkBackupRef(ref)),
    adoptBackup: async (ref: BackupRef) =>
      inTurn(ref.storeId, () => adoptArchive(local, checkBackupRef(ref))),
  }
  return {
    name: "local",
    ...{ reach, reachBackup, hear, ...inbox, ...besideVerbs(local) },
    probe: async () => ({
      ...{ backend: "local", isolation: isolationOf(local), reaches: [...local.wall.reaches] },
      limits: { ...local.cgroups.limits, disk: false },
      beside: true,
      engines: await seeEngines(local),
    }),
    prepare: async (what) => prepareTemplate(local, what),
    ensure: async (release, processes) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, () => ensureStore(local, wanted, { processes }))
    },
    look: async (storeId, options) => seeStore(local, checkStoreId(storeId), options),
    exec: async (release, hook) => execHook(local, releaseSchema.parse(release), hook),
    history: async (storeId) =>
      (local.records.get(checkStoreId(storeId))?.revisions ?? []).toReversed(),
    rollback: async (release, revision) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, () => rollBack(local, wanted, revision))
    },
    connect: async (...asked) => openListening(await reach(...asked)),
    logs: async (storeId, of) => readLogs(local.settings, checkStoreId(storeId), of),
    backup: async (release, backupId) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, async () =>
        makeBackup(local, { record: await recordFor(local, wanted), release: wanted }, backupId),
      )
    },
    backups: async (storeId) => listBackups(local, checkStoreId(storeId)),
    restore: async (release, ref) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, () => restore(local, wanted, ref))
    },
    readBackup: async (ref): Promise<Duplex> => packBackup(await reachBackup(ref)),
    writeBackup: (ref, archive) => sendBackup(inbox, { ref, archive }),
    removeBackup: async (ref) => removeBackup(local, ref),
    destroy: async (storeId) => {
      await interrupt(local, checkStoreId(storeId))
      return inTurn(storeId, () => destroyStore(local, storeId))
    },
    list: async () => listStores(local),
    close: async () => {
      await closeAll(local)
      ended()
    },
  }
}

function besideVerbs(local: Local) {
  const { inTurn } = local
  return {
    ensureBeside: async (release) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, () => ensureBeside(local, wanted))
    },
    endBeside: async (storeId) =>
      inTurn(checkStoreId(storeId), async () => {
        const record = local.records.get(storeId)
        if (record) await endBeside(local, record)
      }),
  } satisfies Partial<StoreBackend>
}

async function reachProcess(
  local: Local,
  [storeId, process, of]: Parameters<ReachableBackend["reach"]>,
): Promise<Listen> {
  const record = local.records.get(checkStoreId(storeId))
  const set = of === "beside" ? record?.beside?.processes : record?.processes
  const known = set?.[process]
  if (known?.listen && (known.process || known.init)) return known.listen
  throw fault("unavailable", {
    say: "The store's program does not run.",
    note: `${storeId} ${process}`,
    retryable: true,
  })
}

/** Two who ask for the same hook of the same release share one run of it. */
function execHook(local: Local, release: Release, hook: HookRun): Promise<HookOutcome> {
  const key = `${hook.name} ${hook.fromVersion ?? ""} ${hook.beside ?? false} ${digestOf(release)}`
  const running = local.hooks.get(release.storeId)
  // The same key is the same kind of work.
  if (running?.key === key) return running.work as Promise<HookOutcome>
  const work = local.inTurn(release.storeId, async () => {
    const record = await recordFor(local, release)
    const outcome = await runHook(local, { record, release }, hook)
    if (outcome.ok) record.hasData = true
    return outcome
  })
  const entry = { key, work }
  local.hooks.set(release.storeId, entry)
  const forget = () => {
    if (local.hooks.get(release.storeId) === entry) local.hooks.delete(release.storeId)
  }
  work.then(forget, forget)
  return work
}

async function rollBack(local: Local, release: Release, revision: number) {
  const record = await recordFor(local, release)
  const known = record.revisions.find(({ number }) => number === revision)
  if (!known) throw fault("invalid", { say: `There is no revision ${revision} of this store.` })
  if (known.version !== release.version) {
    throw fault("invalid", { say: `Revision ${revision} is of version ${known.version}.` })
  }
  const current = record.revisions.at(-1)
  const done = current?.version === known.version && current.about === rolledBack(revision)
  const about = done ? {} : { about: rolledBack(revision) }
  return ensureStore(local, release, { processes: "running", ...about })
}

const rolledBack = (revision: number) => `Rolled back to ${revision}`

async function restore(local: Local, release: Release, ref: BackupRef) {
  await checkFits(local, ref, release)
  // A new store has no place yet.
  await ensureStore(local, release, { processes: "stopped" })
  const record = await recordFor(local, release)
  await restoreBackup(local, { record, release }, ref)
  return seeStore(local, release.storeId)
}

/** A hook that runs would keep who wants to destroy its store waiting for its end. */
async function interrupt(local: Local, storeId: string): Promise<void> {
  const record = local.records.get(storeId)
  if (!record?.hook) return
  await endPart(local, record, { part: "hook", pid: record.hook.process.pid })
}

async function listStores(local: Local): Promise<string[]> {
  const inDatabases = await Promise.all(
    Object.values(local.datastores).map((datastore) =>
      bestEffort(local.settings.log, "list the databases of stores", () => datastore.list()),
    ),
  )
  const ids = [
    ...local.records.keys(),
    ...(await storeIdsOnDisk(local.settings)),
    ...inDatabases.flatMap((list) => list ?? []),
  ]
  return [...new Set(ids)].filter((id) => !local.making.has(id)).sort()
}

/** Ends every process of every store, then the databases: they start again with the next `ensure`. */
async function closeAll(local: Local): Promise<void> {
  const { log } = local.settings
  await Promise.all(
    [...local.records.values()].map((record) =>
      bestEffort(log, "end a store's processes", () =>
        local.inTurn(record.storeId, async () => {
          // Ended on purpose: nothing that anybody has to correct.
          record.wanted = "stopped"
          await stopAll(local, record)
          await endEverything(local, record)
        }),
      ),
    ),
  )
  for (const datastore of Object.values(local.datastores)) {
    await bestEffort(log, "end a database", () => datastore.close())
  }
}
