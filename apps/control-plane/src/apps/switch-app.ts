import { isFault } from "@vibecaas/kernel/fault"
import { fetchPage } from "./fetch-page.ts"
import { keepsWaiting } from "./gate-passes.ts"
import { goBack, howItEnded } from "./go-back.ts"
import { memoryOf } from "./memory.ts"
import { observe } from "./observe.ts"
import type { AppsParts } from "./parts.ts"
import { type AppTurn, lastLines, recordListening } from "./run-app.ts"

/** How long an app that is replaced has, in `ms`, to write what it still has to write. */
const graceMs = 3000
/** Longest wait for the page that a new commit is asked for, in `ms`. */
const pageMsMax = 15_000
/** Where the data of an app lie in its machine. */
export const dataFolder = "/data"

export const beginSwitch = (parts: AppsParts, { turn }: AppTurn): Promise<void> =>
  observe(parts, turn, { phase: "switching", snapshot: null })

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
    const snapshot = await parts.snapshots.take(row.id, machine.guest.pack(dataFolder))
    await observe(parts, turn, { snapshot })
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
    logTail: await lastLines(machine),
  })
}

/** Brings the data back as they were before the refused commit saw them. */
export async function restoreSnapshot(parts: AppsParts, app: AppTurn): Promise<void> {
  const { row, machine, turn } = app
  await keepVisitorsOut(parts, app)
  await machine.guest.stopApp()
  if (row.snapshot !== null) {
    const archive = await parts.snapshots.read(row.id, row.snapshot)
    await machine.guest.unpack(dataFolder, archive)
  }
  await observe(parts, turn, {
    snapshot: null,
    commit: null,
    state: "starting",
    startedAt: null,
  })
}
