import { bestEffort } from "@vibecaas/kernel/log"
import type { BackupRef, HookOutcome, HookRun, StoreBackend } from "../../backend.ts"
import { backupVerbs } from "../../backups/backup-verbs.ts"
import { checkFits } from "../../backups/keep-backups.ts"
import type { Listen } from "../../engine.ts"
import { openListening } from "../../open-listening.ts"
import { notRunning, type ReachableBackend } from "../../reachable.ts"
import { type Release, releaseSchema } from "../../release.ts"
import { checkStoreId } from "../../store-ids.ts"
import { wayBack } from "../way-back.ts"
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
  return {
    name: "local",
    ...{ reach, hear, ...besideVerbs(local), ...backupVerbs(local, ownBackups(local)) },
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
  throw notRunning(`${storeId} ${process}`)
}

function execHook(local: Local, release: Release, hook: HookRun): Promise<HookOutcome> {
  return local.hooks(release, hook, () =>
    local.inTurn(release.storeId, async () => {
      const record = await recordFor(local, release)
      const outcome = await runHook(local, { record, release }, hook)
      if (outcome.ok) record.hasData = true
      return outcome
    }),
  )
}

async function rollBack(local: Local, release: Release, revision: number) {
  const { revisions } = await recordFor(local, release)
  const way = wayBack(revisions.toReversed(), release, revision)
  return ensureStore(local, release, { processes: "running", ...way })
}

const ownBackups = (local: Local) => ({
  backUp: async (release: Release, backupId: string) =>
    makeBackup(local, { record: await recordFor(local, release), release }, backupId),
  restore: (release: Release, ref: BackupRef) => restore(local, release, ref),
})

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
