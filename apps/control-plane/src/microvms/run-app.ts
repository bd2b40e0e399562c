import { type Fault, isFault } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import { appCommand } from "./app-command.ts"
import { appFolder, checkOut } from "./checkout.ts"
import type { LiveMachine } from "./live-machines.ts"
import type { MicrovmRow } from "./microvm.ts"
import { restartLimits, type SeenApp } from "./next-step.ts"
import { type Observation, observe } from "./observe.ts"
import type { LoopParts } from "./parts.ts"

const logTailBytes = 8 * 1024
const logTailLines = 40
/** Where an app listens in a machine with a network of its own. */
const portInside = 3000

export interface AppTurn {
  row: MicrovmRow
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
  parts: LoopParts,
  { row, machine, turn }: AppTurn,
  again: boolean,
): Promise<void> {
  const commit = row.appCommitWanted ?? ""
  const port = machine.vm.caps.network ? await machine.guest.freePort() : portInside
  machine.appPort = null
  await observe(parts, turn, {
    appState: "starting",
    appCommit: commit,
    appPort: port,
    appStartedAt: null,
    appEndedAt: null,
    appFailure: null,
    appRestarts: again ? row.appRestarts + 1 : row.appRestarts,
    // What an earlier start printed says nothing about this one; while we try again, it says why.
    ...(again ? {} : { appLogTail: [] }),
  })
  try {
    await bringAppFiles(parts, machine, { commit, again })
    const argv = await appCommand(parts.repositories.of(row.projectId), commit)
    const env = { PORT: String(port), HOST: "127.0.0.1", NODE_ENV: "production" }
    await machine.guest.startApp({ argv, cwd: appFolder, env, port })
  } catch (error) {
    if (!isFault(error) || error.retryable) throw error
    return recordCannotStart(parts, turn, error)
  }
  const { startedAt } = await lookAtApp(machine)
  await observe(parts, turn, { appStartedAt: startedAt ?? null })
}

/** After a crash the app finds its folder as it left it; else it is stopped and brought to the commit. */
async function bringAppFiles(
  parts: LoopParts,
  machine: LiveMachine,
  { commit, again }: { commit: string; again: boolean },
): Promise<void> {
  if (again && machine.appFiles === commit) return
  machine.appFiles = undefined
  await machine.guest.stopApp()
  const repository = parts.repositories.of(machine.projectId)
  await checkOut(machine.guest, repository, { commit, folder: appFolder })
  machine.appFiles = commit
}

export async function stopApp(parts: LoopParts, { machine, turn }: AppTurn): Promise<void> {
  machine.appPort = null
  await machine.guest.stopApp()
  await observe(parts, turn, { appState: "none", appCommit: null, appStartedAt: null })
}

export async function recordListening(parts: LoopParts, { row, turn, machine }: AppTurn) {
  machine.appPort = row.appPort
  await observe(parts, turn, { appState: "running", appExitCode: null, appFailure: null })
}

/** Writes how the app ended, with its last lines. */
export async function recordCrash(parts: LoopParts, { machine, turn }: AppTurn): Promise<void> {
  const status = await machine.guest.appStatus()
  machine.appPort = null
  await observe(parts, turn, {
    ...(await ended(parts, machine)),
    appExitCode: status.exitCode ?? null,
    appFailure: howItEnded(status),
  })
}

/** Stops an app that runs and does not listen; only a person or another commit can help. */
export async function giveUpApp(parts: LoopParts, { row, machine, turn }: AppTurn): Promise<void> {
  const seconds = restartLimits.listenMs / 1000
  const end = await ended(parts, machine)
  await machine.guest.stopApp()
  await observe(parts, turn, {
    ...end,
    appRestarts: restartLimits.restartsMax,
    appFailure: `It did not accept a connection on port ${row.appPort} within ${seconds} s. It must listen on the port in the variable PORT.`,
  })
}

function recordCannotStart(parts: LoopParts, turn: Turn, error: Fault): Promise<void> {
  return observe(parts, turn, {
    appState: "crashed",
    appEndedAt: parts.clock.now(),
    appRestarts: restartLimits.restartsMax,
    appFailure: error.say,
    appLogTail: [],
  })
}

async function ended(parts: LoopParts, machine: LiveMachine): Promise<Observation> {
  const text = await machine.guest.appLog({ tailBytes: logTailBytes, newestStart: true })
  return {
    appState: "crashed",
    appEndedAt: parts.clock.now(),
    appLogTail: text.trimEnd().split("\n").slice(-logTailLines),
  }
}

function howItEnded(status: Awaited<ReturnType<LiveMachine["guest"]["appStatus"]>>): string {
  if (status.reason === "disk_full") return "It was stopped: its data fill the machine's disk."
  if (status.signal === "SIGKILL") {
    return "It was killed, most likely because it used more memory than the machine has."
  }
  if (status.signal) return `It was ended by ${status.signal}.`
  return `It ended with exit code ${status.exitCode ?? "unknown"}.`
}
