import { existsSync } from "node:fs"
import { fault } from "@vibecaas/kernel/fault"
import type { BackendSeen, BackupRef, HookOutcome, HookRun } from "../../backend.ts"
import { adoptArchive, inboxFor } from "../../backups/adopt-archive.ts"
import { backupDir, checkBackup, listBackups, removeBackup } from "../../backups/keep-backups.ts"
import { openListening } from "../../open-listening.ts"
import { packBackup, type ReachableBackend, sendBackup } from "../../reachable.ts"
import { type Release, releaseSchema } from "../../release.ts"
import { checkBackupRef, checkStoreId } from "../../store-ids.ts"
import { told } from "./cluster.ts"
import { backUp, restore } from "./data.ts"
import { beginRemoval, destroyStore } from "./destroy.ts"
import { ensureStore } from "./ensure.ts"
import { keyOf, noBeside, runHook } from "./hooks.ts"
import { readLogs } from "./logs.ts"
import { lacksOf } from "./place.ts"
import { listStores, reachProcess } from "./reach.ts"
import { revisionsOf } from "./revisions.ts"
import { chartOf, type Running, spaceOf } from "./running.ts"
import { isolation, lookAt, storeSeen } from "./seen.ts"

/** The backend's verbs; each checks what it was given, takes the store's turn and does its work. */
export function makeVerbs(running: Running, ended: () => Promise<void>): ReachableBackend {
  const { inTurn } = running
  const parsed = (release: Release) => releaseSchema.parse(release)
  const reach: ReachableBackend["reach"] = async (storeId, process, of) => {
    if (of === "beside") throw noBeside()
    return reachProcess(running, checkStoreId(storeId), process)
  }
  const see: ReachableBackend["look"] = async (storeId) =>
    storeSeen(storeId, await lookAt(running, spaceOf(running, checkStoreId(storeId))))
  return {
    name: "helm",
    ...{ reach, ...backupVerbs(running) },
    probe: () => probe(running),
    prepare: async ({ engine }) => needChart(running, engine),
    ensure: async (release, processes) => {
      const wanted = parsed(release)
      return inTurn(wanted.storeId, () => ensureStore(running, wanted, { processes }))
    },
    ensureBeside: async () => {
      throw noBeside()
    },
    endBeside: async (storeId) => void checkStoreId(storeId),
    look: see,
    exec: async (release, hook) => execHook(running, parsed(release), hook),
    history: async (storeId) =>
      revisionsOf(await running.helm.history(spaceOf(running, checkStoreId(storeId)))),
    rollback: async (release, revision) => {
      const wanted = parsed(release)
      return inTurn(wanted.storeId, () => rollBack(running, wanted, revision))
    },
    connect: async (...asked) => openListening(await reach(...asked)),
    logs: async (storeId, of) => readLogs(running, checkStoreId(storeId), of),
    destroy: async (storeId) => {
      // A hook that runs would keep who wants to destroy its store waiting for its end.
      await beginRemoval(running, checkStoreId(storeId))
      return inTurn(storeId, () => destroyStore(running, storeId))
    },
    list: () => listStores(running),
    // Whoever drives stores looks at them again and again; a cluster tells nothing sooner yet.
    hear: () => () => {},
    close: ended,
  }
}

function backupVerbs(running: Running) {
  const { inTurn } = running
  const reachBackup = async (ref: BackupRef) => {
    await checkBackup(running, checkBackupRef(ref))
    return backupDir(running.settings, ref)
  }
  const inbox = {
    reachInbox: async (ref: BackupRef) => inboxFor(running, checkBackupRef(ref)),
    adoptBackup: async (ref: BackupRef) =>
      inTurn(ref.storeId, () => adoptArchive(running, checkBackupRef(ref))),
  }
  return {
    ...{ reachBackup, ...inbox },
    backup: async (release, backupId) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, () => backUp(running, wanted, backupId))
    },
    backups: async (storeId) => listBackups(running, checkStoreId(storeId)),
    restore: async (release, ref) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, () => restore(running, wanted, checkBackupRef(ref)))
    },
    readBackup: async (ref) => packBackup(await reachBackup(ref)),
    writeBackup: (ref, archive) => sendBackup(inbox, { ref, archive }),
    removeBackup: async (ref) => removeBackup(running, ref),
  } satisfies Partial<ReachableBackend>
}

/** Two who ask for the same hook of the same release share one run of it. */
function execHook(running: Running, release: Release, hook: HookRun): Promise<HookOutcome> {
  const key = keyOf(release, hook)
  const { storeId } = release
  const under = running.hooks.get(storeId)
  // The same key is the same kind of work.
  if (under?.key === key) return under.work as Promise<HookOutcome>
  const work = running.inTurn(storeId, () => runHook(running, release, hook))
  const entry = { key, work }
  running.hooks.set(storeId, entry)
  const forget = () => {
    if (running.hooks.get(storeId) === entry) running.hooks.delete(storeId)
  }
  work.then(forget, forget)
  return work
}

async function rollBack(running: Running, release: Release, revision: number) {
  const history = revisionsOf(await running.helm.history(spaceOf(running, release.storeId)))
  const known = history.find(({ number }) => number === revision)
  if (!known) throw fault("invalid", { say: `There is no revision ${revision} of this store.` })
  if (known.version !== release.version) {
    throw fault("invalid", { say: `Revision ${revision} is of version ${known.version}.` })
  }
  const about = `Rolled back to ${revision}`
  const [now] = history
  const done = now?.version === known.version && now.about === about
  return ensureStore(running, release, { processes: "running", ...(done ? {} : { about }) })
}

function needChart(running: Running, name: string): void {
  const engine = running.settings.engines.find(name)
  const lacks = lacksOf(engine) ?? chartLacks(running, name)
  if (lacks) throw fault("unavailable", { say: lacks })
}

const chartLacks = (running: Running, engine: string) =>
  existsSync(`${chartOf(running, engine)}/Chart.yaml`)
    ? undefined
    : `There is no chart of ${engine} for clusters yet.`

async function probe(running: Running): Promise<BackendSeen> {
  await told(running.namespaces.core.listNamespace({ limit: 1 }))
  const engines = running.settings.engines.list().flatMap((engine) => {
    const lacks = lacksOf(engine) ?? chartLacks(running, engine.name)
    return engine.versions.map(({ version }) => ({
      ...{ engine: engine.name, version, installed: true },
      ...(lacks === undefined ? {} : { lacks }),
    }))
  })
  return {
    ...{ backend: "helm", isolation, engines },
    reaches: ["A store's code reaches the cluster's name servers, and nothing else."],
    limits: { memory: true, processes: true, cpu: true, disk: false },
    beside: false,
  }
}
