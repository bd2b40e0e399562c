import { existsSync } from "node:fs"
import { fault } from "@vibecaas/kernel/fault"
import type { BackendSeen } from "../../backend.ts"
import { backupVerbs } from "../../backups/backup-verbs.ts"
import { openListening } from "../../open-listening.ts"
import type { ReachableBackend } from "../../reachable.ts"
import { type Release, releaseSchema } from "../../release.ts"
import { checkStoreId } from "../../store-ids.ts"
import { wayBack } from "../way-back.ts"
import { told } from "./cluster.ts"
import { backUp, restore } from "./data.ts"
import { beginRemoval, destroyStore } from "./destroy.ts"
import { ensureStore } from "./ensure.ts"
import { noBeside, runHook } from "./hooks.ts"
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
    reach,
    ...backupVerbs(running, {
      backUp: (release, backupId) => backUp(running, release, backupId),
      restore: (release, ref) => restore(running, release, ref),
    }),
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
    exec: async (release, hook) => {
      const wanted = parsed(release)
      const run = () => inTurn(wanted.storeId, () => runHook(running, wanted, hook))
      return running.hooks(wanted, hook, run)
    },
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

async function rollBack(running: Running, release: Release, revision: number) {
  const history = revisionsOf(await running.helm.history(spaceOf(running, release.storeId)))
  return ensureStore(running, release, {
    ...{ processes: "running", ...wayBack(history, release, revision) },
  })
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
