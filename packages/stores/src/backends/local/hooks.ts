import { rm, writeFile } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"
import { isAlive } from "@vibecaas/kernel/processes"
import type { HookOutcome, HookRun } from "../../backend.ts"
import type { Database, HookSpec } from "../../engine.ts"
import { nothingToDo, outcomeOf } from "../../hook-outcome.ts"
import type { Release } from "../../release.ts"
import { otherSide } from "./layout.ts"
import type { Local } from "./local.ts"
import { logPath, openLog, readEnd } from "./logs.ts"
import { type Placed, placeOf } from "./place.ts"
import { stopAll } from "./processes.ts"
import { type StoreRecord, saveRecord } from "./record.ts"
import { type Ended, runInside } from "./run-inside.ts"
import { endPart } from "./survivors.ts"
import { layWorkFiles } from "./work-files.ts"

const outputMax = 1024 * 1024
/** What makes or upgrades a store is no visitor's: its plan does not slow it, and few are at work at once. */
const hookCpuMin = 2

/** Runs a hook to its end; what an earlier backend left of one is ended before. */
export async function runHook(
  local: Local,
  running: { record: StoreRecord; release: Release; database?: Database },
  hook: HookRun,
): Promise<HookOutcome> {
  const { record, release } = running
  const side = hook.beside ? otherSide(record.side) : record.side
  const placed = await placeOf(local, { ...running, side })
  const spec = placed.engine.hook(hook.name, placed.place, hook.fromVersion)
  if (!spec) return nothingToDo
  await endOldHook(local, record)
  if (spec.exclusive && hook.beside) throw needsAll(hook)
  if (spec.exclusive) await stopAll(local, record)
  await layWorkFiles(local, { record, side }, spec)
  // It may have died since the store was looked at.
  await local.datastores[placed.engine.datastore].wake()
  const path = logPath(local.settings, record.storeId, hook.name)
  await rm(path, { force: true })
  const ended = await runSpec(local, { record, release, placed }, { name: hook.name, spec })
  const { text } = await readEnd(path, outputMax)
  const secrets = Object.values(release.secrets)
  const outcome = outcomeOf(ended, { spec, text, secrets })
  // Results hold secrets, and people read logs.
  await writeFile(path, `${outcome.log.join("\n")}\n`, { mode: 0o600 })
  return outcome.told
}

async function runSpec(
  local: Local,
  { record, release, placed }: { record: StoreRecord; release: Release; placed: Placed },
  { name, spec }: { name: string; spec: HookSpec },
): Promise<Ended> {
  const limits = placed.engine.limits(release.plan)
  const log = await openLog(local.settings, record.storeId, name)
  try {
    return await runInside(local, record, {
      timeoutMs: spec.timeoutMs,
      program: {
        ...{ argv: spec.argv, env: spec.env, part: "hook", group: "work" },
        side: placed.side,
        ...{ network: placed.network, readOnly: placed.sees },
        cwd: spec.cwd ?? placed.place.dirs.work,
        limits: { ...limits, cpuCount: Math.max(limits.cpuCount, hookCpuMin) },
        ...{ out: log.fd, err: log.fd },
      },
      known: async (process) => {
        record.hook = { name, process }
        await saveRecord(local.settings, record)
      },
    })
  } finally {
    await log.close()
    delete record.hook
    await saveRecord(local.settings, record)
  }
}

const needsAll = ({ name }: HookRun) =>
  fault("invalid", { say: `The step "${name}" of this version needs the store to be stopped.` })

async function endOldHook(local: Local, record: StoreRecord): Promise<void> {
  if (!record.hook) return
  const { name, process } = record.hook
  if (await isAlive(process)) {
    local.settings.log.warn({ store: record.storeId, hook: name }, "ending a hook nobody waits for")
  }
  const left = await endPart(local, record, { part: "hook", pid: process.pid })
  if (left.length > 0) {
    throw fault("driver_failed", {
      say: "An earlier step of the store still runs and could not be ended.",
      note: `processes ${left.join(", ")}`,
      retryable: true,
    })
  }
  delete record.hook
  await saveRecord(local.settings, record)
}
