import { backupId } from "@vibecaas/contract/backups"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { inTurn } from "../core/resource.ts"
import { addMade } from "./backups/keep-backup.ts"
import { findBackup } from "./backups/queries.ts"
import { fetchPage } from "./fetch-page.ts"
import { keepsWaiting } from "./gate-passes.ts"
import { goBack, howItEnded } from "./go-back.ts"
import { memoryOf } from "./memory.ts"
import { changeFor } from "./next-step.ts"
import { observe } from "./observe.ts"
import type { AppsParts } from "./parts.ts"
import { type AppTurn, lastLines, recordListening } from "./run-app.ts"

/** How long an app that is replaced has, in `ms`, to write what it still has to write. */
const graceMs = 3000
/** Longest wait for the page that a new commit is asked for, in `ms`. */
const pageMsMax = 15_000
/** Where the data of an app lie in its machine. */
export const dataFolder = "/data"

export const beginSwitch = (parts: AppsParts, { row, turn }: AppTurn): Promise<void> =>
  observe(parts, turn, { phase: "switching", snapshot: null, ...changeFor(row) })

/**
 * Ends what runs, once no visitor is half-way through anything, and keeps its data as they are then.
 * Visitors wait until the app is settled again: what they wrote before is in the snapshot.
 */
export async function takeSnapshot(parts: AppsParts, app: AppTurn): Promise<void> {
  const { row, machine, turn } = app
  await keepVisitorsOut(parts, app)
  await machine.guest.stopApp({ graceMs })
  memoryOf(machine).appPort = null
  await observe(parts, turn, { state: "starting", startedAt: null, port: null })
  try {
    const id = parts.newId("bak")
    const archive = machine.guest.pack(dataFolder)
    const written = await parts.snapshots.write({ projectId: row.projectId, id }, archive)
    const reason = row.restoring === "no" ? "version" : "restore"
    await observe(parts, turn, {
      snapshot: id,
      also: (ctx) => addMade(ctx, row, { id, reason, ...written }),
    })
  } catch (error) {
    if (!isFault(error) || error.retryable) throw error
    await goBack(parts, app, { why: `Its data could not be kept aside: ${error.say}` })
  }
}

/** No server is given a pass while the row says so: then those that are out are called back. */
async function keepVisitorsOut(parts: AppsParts, { row, turn }: AppTurn): Promise<void> {
  if (!keepsWaiting(row)) await observe(parts, turn, { state: "starting" })
  await parts.gates.clear({ ...row, signal: turn.signal })
}

/** One page decides: an app whose first page breaks is not shown to anybody. */
export async function tryApp(parts: AppsParts, app: AppTurn): Promise<void> {
  const why = await failureOfFirstPage(parts, app)
  await (why === undefined ? recordListening(parts, app) : goBack(parts, app, { why }))
}

async function failureOfFirstPage(
  parts: AppsParts,
  { row, machine }: AppTurn,
): Promise<string | undefined> {
  try {
    const stream = await machine.guest.connectPort(row.port ?? 0)
    const page = { method: "GET", path: "/", timeoutMs: pageMsMax }
    const { status } = await fetchPage(stream, page, parts.clock)
    return status < 500 ? undefined : `Its first page answered ${status}.`
  } catch (error) {
    if (!isFault(error)) throw error
    return `Its first page did not come: ${error.say}`
  }
}

/** Why a new commit that ended, or does not listen, is taken back. */
export async function goBackFromEnd(parts: AppsParts, app: AppTurn): Promise<void> {
  const { row, machine } = app
  const status = await machine.guest.appStatus()
  const silent = `It did not accept a connection on port ${row.port}.`
  await goBack(parts, app, {
    why: status.state === "exited" ? howItEnded(status) : silent,
    exitCode: status.exitCode ?? null,
    logTail: await lastLines(parts, machine),
  })
}

/** Puts the data of the wanted backup in place of those that were kept aside. */
export async function bringData(parts: AppsParts, app: AppTurn): Promise<void> {
  const { row, machine, turn } = app
  await keepVisitorsOut(parts, app)
  await machine.guest.stopApp()
  try {
    const of = { projectId: row.projectId, id: await verified(parts, app) }
    await machine.guest.unpack(dataFolder, await parts.snapshots.read(of))
  } catch (error) {
    if (!isFault(error) || error.retryable) throw error
    return goBack(parts, app, { why: error.say })
  }
  const begin = { commit: null, state: "starting", startedAt: null, restarts: 0 } as const
  await observe(parts, turn, { ...begin, restoring: "brought" })
}

/** The wanted backup's id, once its archive is known to be as it was kept. */
async function verified(parts: AppsParts, { row, turn }: AppTurn): Promise<string> {
  const id = backupId.parse(row.restoreFrom)
  const backup = await inTurn(parts, turn, (ctx) => findBackup(ctx.db, id))
  const { bytes, sha256 } = backup ?? { bytes: null, sha256: null }
  if (bytes === null || sha256 === null) {
    throw fault("not_found", { say: "The backup is not there any more." })
  }
  await parts.snapshots.verify({ projectId: row.projectId, id }, { bytes, sha256 })
  return id
}

/** Brings the data back as they were before the refused commit saw them. */
export async function restoreSnapshot(parts: AppsParts, app: AppTurn): Promise<void> {
  const { row, machine, turn } = app
  await keepVisitorsOut(parts, app)
  await machine.guest.stopApp()
  if (row.snapshot !== null) {
    const archive = await parts.snapshots.read({ projectId: row.projectId, id: row.snapshot })
    await machine.guest.unpack(dataFolder, archive)
  }
  await observe(parts, turn, {
    snapshot: null,
    restoring: "no",
    commit: null,
    state: "starting",
    startedAt: null,
  })
}
