import type { StoreStep } from "@vibecaas/contract/store-states"
import { isFault } from "@vibecaas/kernel/fault"
import type { StoreSeen } from "@vibecaas/stores/backend"
import type { HookName } from "@vibecaas/stores/engine"
import { probeStore } from "@vibecaas/stores/probe-store"
import { takeBackup } from "./backup-store.ts"
import { changePlaces, prove, raise } from "./beside-steps.ts"
import { seenDown, tailOf } from "./failure-of.ts"
import { clear, rehearse } from "./rehearse.ts"
import { presentRelease, runHook, tryOrder, wantedRelease } from "./try-parts.ts"
import { doneWith, failedAt, isWell, type Taking, type Tried } from "./work-parts.ts"

/** Takes one step of a work; it may be taken again after a crash, and adopts what is there already. */
export async function takeWorkStep(step: StoreStep, taking: Taking): Promise<Tried> {
  try {
    return await steps[step](taking)
  } catch (error) {
    // The lease, the end of the process and mistakes of ours are no failure of the store.
    if (taking.turn.signal.aborted || !isFault(error) || isFault(error, "lease_lost")) throw error
    return failedAt(step, { error, logTail: await tailOf(taking.parts, taking.row.id) })
  }
}

const steps: Readonly<Record<StoreStep, (taking: Taking) => Promise<Tried>>> = {
  prepare: async (taking) => {
    const release = await wantedRelease(taking)
    await taking.parts.backend.prepare({ engine: release.engine, version: release.version })
    if (taking.work.work === "upgrade" || taking.work.work === "upgrade_beside") return doneWith()
    const { datastore } = await taking.parts.backend.ensure(release, "none")
    if (taking.work.restoreId !== null) return steps.restore(taking)
    return doneWith(datastore.fromTemplate ? "from the version's template" : undefined)
  },
  migrate: (taking) => hookOfProvisioning(taking, "migrate"),
  seed: (taking) => hookOfProvisioning(taking, "seed"),
  personalise: (taking) => hookOfProvisioning(taking, "personalise"),
  upgrade: (taking) => runHook(taking, "upgrade"),
  start: async (taking) =>
    startTried(taking, await taking.parts.backend.ensure(await wantedRelease(taking), "running")),
  check: async (taking) => {
    const down = await comeUp("check", taking)
    if (down) return down
    const outcome = await probeStore(await probing(taking), "ready")
    return outcome.ok ? doneWith() : failedAt("check", { probe: outcome })
  },
  order: async (taking) => {
    const down = await comeUp("order", taking)
    if (down) return down
    return tryOrder(taking, await probing(taking))
  },
  backup: takeBackup,
  halt: async (taking) => {
    const { processes } = await taking.parts.backend.ensure(await presentRelease(taking), "stopped")
    const isDown = processes.every(({ state }) => state === "absent" || state === "ended")
    return isDown
      ? doneWith()
      : failedAt("halt", { logTail: await tailOf(taking.parts, taking.row.id) })
  },
  restore: async (taking) => {
    const { work, row, parts } = taking
    const backupId = work.restoreId
    if (backupId === null) return doneWith("nothing was to be put back")
    await parts.backend.restore(await wantedRelease(taking), {
      storeId: work.restoreOf ?? row.id,
      backupId,
    })
    return doneWith()
  },
  rehearse,
  clear,
  raise,
  prove,
  switch: changePlaces,
}

/**
 * What was started may have been ended since by something else: then it is started again, which counts as a try
 * of the step. Nothing where it is up.
 */
async function comeUp(step: "check" | "order", taking: Taking): Promise<Tried | undefined> {
  const { there, parts, row } = taking
  if (isWell(there)) return undefined
  const evidence = await seenDown(parts, row.id, there)
  await parts.backend.ensure(await wantedRelease(taking), "running")
  const states = there.processes.map(({ state }) => state)
  const isComing = states.includes("starting") || states.includes("waiting")
  return isComing && !states.includes("ended") ? { how: "under-way" } : failedAt(step, evidence)
}

async function probing(taking: Taking) {
  const { backend, engines, clock } = taking.parts
  const wanted = await wantedRelease(taking)
  return { backend, engine: engines.find(wanted.engine), release: wanted, clock }
}

/** A store that began as a copy of its version's template needs fewer. */
async function hookOfProvisioning(taking: Taking, hook: HookName): Promise<Tried> {
  const { parts, row, there } = taking
  const { work, restoreId } = taking.work
  // Nothing was put back: what is there is the store's own.
  if (work !== "provision" && restoreId === null) return doneWith("not needed")
  // What begins with data of a backup has its tables and products.
  if (restoreId !== null && hook !== "personalise") return doneWith("in the backup")
  const from = there.datastore.fromTemplate ? "template" : "nothing"
  const needed = parts.engines.find(row.engine).provisioning(from)
  return needed.includes(hook) ? runHook(taking, hook) : doneWith("not needed")
}

/** Processes that start are looked at again; one that ended has failed. */
export function startTried(taking: Taking, seen: StoreSeen): Tried | Promise<Tried> {
  if (isWell(seen)) return doneWith()
  const dead = seen.processes.find(({ state }) => state === "ended")
  if (!dead) return { how: "under-way" }
  return seenDown(taking.parts, taking.row.id, seen).then((evidence) => failedAt("start", evidence))
}
