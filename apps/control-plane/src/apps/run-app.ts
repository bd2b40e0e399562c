import { type Fault, isFault } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import { idIn } from "../core/resource.ts"
import type { LiveMachine } from "../machines/index.ts"
import type { AppRow } from "./app.ts"
import { appCommand } from "./app-command.ts"
import { appFolder, checkOut } from "./checkout.ts"
import { failRelease, goBack, howItEnded } from "./go-back.ts"
import { memoryOf } from "./memory.ts"
import { restartLimits, type SeenApp } from "./next-step.ts"
import { type Observation, observe } from "./observe.ts"
import type { AppsParts } from "./parts.ts"
import { beginRelease, markRelease } from "./queries.ts"

const logTailBytes = 8 * 1024
const logTailLines = 40
/** Where an app listens in a machine with a network of its own. */
const portInside = 3000

export interface AppTurn {
  row: AppRow
  machine: LiveMachine
  turn: Turn
}

/** How the app does, as its machine says. */
export async function lookAtApp(machine: LiveMachine): Promise<SeenApp> {
  const { state, startedAt } = await machine.guest.appStatus()
  return { state, startedAt: startedAt === undefined ? undefined : new Date(startedAt) }
}

/**
 * Starts the wanted commit in place of what runs. First it is written that a start is under way:
 * when we die in between, the next turn sees a start without its time and starts over.
 */
export async function startApp(
  parts: AppsParts,
  { row, machine, turn }: AppTurn,
  { commit, again }: { commit: string; again: boolean },
): Promise<void> {
  const port = machine.vm.caps.network ? await machine.guest.freePort() : portInside
  memoryOf(machine).appPort = null
  await observe(parts, turn, {
    state: "starting",
    commit,
    port,
    doing: null,
    settingsApplied: row.settingsVersion,
    startedAt: null,
    endedAt: null,
    // Why there is a way back to be gone stays to be read.
    failure: row.phase === "returning" ? row.failure : null,
    restarts: again ? row.restarts + 1 : row.restarts,
    // What an earlier start printed says nothing about this one; while we try again, it says why.
    ...(again || row.phase === "returning" ? {} : { logTail: [] }),
    also: (ctx) => beginRelease(ctx.db, row, { commit, now: ctx.clock.now() }),
  })
  // Whoever was let in to read why it does not run.
  if (row.phase !== "settled" && row.state !== "starting") {
    await parts.gates.clear({ ...row, signal: turn.signal })
  }
  try {
    await bringAppFiles(parts, machine, { commit, again })
    const argv = row.command ?? (await appCommand(parts.repositories.of(row.projectId), commit))
    const env = {
      ...row.environment,
      PORT: String(port),
      HOST: "127.0.0.1",
      NODE_ENV: "production",
    }
    await machine.guest.startApp({ argv, cwd: appFolder, env, port })
  } catch (error) {
    if (!isFault(error) || error.retryable) throw error
    if (row.phase === "switching") return goBack(parts, { row, turn }, { why: error.say })
    return recordCannotStart(parts, turn, error)
  }
  const { startedAt } = await lookAtApp(machine)
  await observe(parts, turn, { startedAt: startedAt ?? null })
}

/** After a crash the app finds its folder as it left it; else it is stopped and brought to the commit. */
async function bringAppFiles(
  parts: AppsParts,
  machine: LiveMachine,
  { commit, again }: { commit: string; again: boolean },
): Promise<void> {
  const memory = memoryOf(machine)
  if (again && memory.appFiles === commit) return
  memory.appFiles = undefined
  await machine.guest.stopApp()
  const repository = parts.repositories.of(machine.projectId)
  await checkOut(machine.guest, repository, { commit, folder: appFolder })
  const { projectId } = machine
  await parts.packages.use(machine.guest, { projectId, commit, folder: appFolder, built: true })
  memory.appFiles = commit
}

export async function recordListening(parts: AppsParts, { row, turn, machine }: AppTurn) {
  memoryOf(machine).appPort = row.port
  await observe(parts, turn, {
    state: "running",
    phase: "settled",
    snapshot: null,
    ...(row.purpose === "live" ? { commitProved: row.commit } : {}),
    ...(row.commitWanted === row.commitRefused ? {} : { exitCode: null, failure: null }),
    also: (ctx) => markRelease(ctx.db, row.id, { outcome: "running", failure: null }),
  })
}

/** Writes how the app ended, with its last lines. */
export async function recordCrash(
  parts: AppsParts,
  { row, machine, turn }: AppTurn,
): Promise<void> {
  const status = await machine.guest.appStatus()
  memoryOf(machine).appPort = null
  const failure = howItEnded(status)
  const last = row.restarts >= restartLimits.restartsMax
  await observe(parts, turn, {
    ...(await ended(parts, machine)),
    exitCode: status.exitCode ?? null,
    failure,
    also: (ctx) => (last ? failRelease(ctx, row.id, failure) : Promise.resolve()),
  })
}

/** Stops an app that runs and does not listen; only a person or another commit can help. */
export async function giveUpApp(parts: AppsParts, { row, machine, turn }: AppTurn): Promise<void> {
  const seconds = restartLimits.listenMs / 1000
  const failure = `It did not accept a connection on port ${row.port} within ${seconds} s. It must listen on the port in the variable PORT.`
  const end = await ended(parts, machine)
  await machine.guest.stopApp()
  await observe(parts, turn, {
    ...end,
    restarts: restartLimits.restartsMax,
    failure,
    also: (ctx) => failRelease(ctx, row.id, failure),
  })
}

function recordCannotStart(parts: AppsParts, turn: Turn, error: Fault): Promise<void> {
  return observe(parts, turn, {
    state: "crashed",
    phase: "settled",
    endedAt: parts.clock.now(),
    restarts: restartLimits.restartsMax,
    failure: error.say,
    logTail: [],
    also: (ctx) => failRelease(ctx, idIn<AppRow>(turn), error.say),
  })
}

async function ended(parts: AppsParts, machine: LiveMachine): Promise<Observation> {
  const logTail = await lastLines(machine)
  return { state: "crashed", phase: "settled", endedAt: parts.clock.now(), logTail }
}

/** The last lines of the newest start. */
export async function lastLines({ guest }: LiveMachine): Promise<string[]> {
  const text = await guest.appLog({ tailBytes: logTailBytes, newestStart: true })
  return text.trimEnd().split("\n").slice(-logTailLines)
}
