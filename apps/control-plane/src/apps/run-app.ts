import { type Fault, isFault } from "@vibecaas/kernel/fault"
import { inTime } from "@vibecaas/kernel/in-time"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { actAsPlatform, idIn, inTurn } from "../core/resource.ts"
import type { LiveMachine } from "../machines/index.ts"
import { needProject } from "../projects/index.ts"
import type { AppRow } from "./app.ts"
import { appCommand, scriptsOf } from "./app-command.ts"
import { noteRestore } from "./backups/note-restore.ts"
import { appFolder, checkOut } from "./checkout.ts"
import { devCommand, devMemory, devVariables } from "./dev-command.ts"
import { draftSlugOf } from "./draft-slug.ts"
import { givenTo, maskOf } from "./given-to.ts"
import { failRelease, goBack, howItEnded } from "./go-back.ts"
import { memoryOf } from "./memory.ts"
import { restartLimits, type SeenApp, type Target } from "./next-step.ts"
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
  { commit, script, again }: Target & { again: boolean },
): Promise<void> {
  const port = machine.vm.caps.network ? await machine.guest.freePort() : portInside
  const secretsApplied = await inTurn(parts, turn, (ctx) => parts.secrets.stamp(ctx, givenTo(row)))
  const anew = { commit, again, secretsApplied }
  memoryOf(machine).appPort = null
  await observe(parts, turn, {
    state: "starting",
    ...{ commit, script, port },
    doing: null,
    ...{ settingsApplied: row.settingsVersion, secretsApplied },
    startedAt: null,
    endedAt: null,
    // Why there is a way back to be gone stays to be read.
    failure: row.phase === "returning" ? row.failure : null,
    restarts: restartsOf(row, anew),
    // What an earlier start printed says nothing about this one; while we try again, it says why.
    ...(again || row.phase === "returning" ? {} : { logTail: [] }),
    also: async (ctx) => {
      await beginRelease(ctx.db, row, { commit, now: ctx.clock.now() })
      if (isForSecrets(row, anew)) recordRestart(ctx, row)
    },
  })
  // Whoever was let in to read why it does not run.
  if (row.phase !== "settled" && row.state !== "starting") {
    await parts.gates.clear({ ...row, signal: turn.signal })
  }
  try {
    await bringAppFiles(parts, machine, { commit, script, again })
    const { argv, variables, unlessSet } = await howToStart(parts, row, { commit, script, port })
    const doors = await parts.variables(machine)
    const given = { PORT: String(port), HOST: "127.0.0.1", ...variables }
    const variablesSet = await takeSecrets(parts, turn, row)
    const env = { ...unlessSet, ...variablesSet, ...doors, ...given }
    await machine.guest.startApp({ argv, cwd: appFolder, env, port })
  } catch (error) {
    if (!isFault(error) || error.retryable) throw error
    if (row.phase === "switching") return goBack(parts, { row, turn }, { why: error.say })
    return recordCannotStart(parts, turn, error)
  }
  const seen = await lookAtApp(machine)
  await observe(parts, turn, { startedAt: seen.startedAt ?? null })
  if (row.follows !== null && seen.state === "starting") {
    await untilHeard(parts, { machine, turn, seen })
  }
}

/** Opens what the app is given, and writes down that it has it. */
function takeSecrets(parts: AppsParts, turn: Turn, row: AppRow): Promise<Record<string, string>> {
  return inTurn(parts, turn, async (ctx) => {
    const { variables, uses } = await parts.secrets.give(ctx, givenTo(row))
    await parts.secrets.use(ctx, row.id, uses)
    return variables
  })
}

interface Anew {
  commit: string
  again: boolean
  secretsApplied: string
}

/** It ran this commit, and starts anew for no other reason than that its secrets changed. */
const isForSecrets = (row: AppRow, { commit, again, secretsApplied }: Anew) =>
  !again &&
  row.commit === commit &&
  row.secretsApplied !== secretsApplied &&
  ["running", "crashed"].includes(row.state)

function recordRestart(ctx: Ctx, row: AppRow): void {
  const details = { because: "its secrets changed", purpose: row.purpose }
  record(ctx, { action: "app.restart", subject: row.id, details })
}

/** How long a turn waits for a start to be seen that somebody looks at, in `ms`. */
const heardMsMax = 1500

/** Most starts listen or fail in a moment: then the same turn goes on, and nobody needs to wake the next. */
async function untilHeard(
  { clock }: AppsParts,
  { machine, turn, seen }: Omit<AppTurn, "row"> & { seen: SeenApp },
): Promise<void> {
  const { state, startedAt } = seen
  const known = { state, ...(startedAt ? { startedAt: startedAt.toISOString() } : {}) }
  const news = machine.guest.appNews(known, turn.signal).then(() => {})
  await inTime({ clock, ms: heardMsMax }, news, () => {})
}

/** A commit that a draft shows by itself has not crashed before. */
function restartsOf(row: AppRow, anew: Anew): number {
  const { commit, again } = anew
  if (again) return row.restarts + 1
  if (isForSecrets(row, anew)) return 0
  return row.follows !== null && row.commit !== commit ? 0 : row.restarts
}

interface HowToStart {
  argv: string[]
  variables: Record<string, string>
  /** what people's own variables go before */
  unlessSet?: Record<string, string>
}

async function howToStart(
  parts: AppsParts,
  row: AppRow,
  { commit, script, port }: Target & { port: number },
): Promise<HowToStart> {
  const repository = parts.repositories.of(row.projectId)
  if (script === "start") {
    const argv = row.command ?? (await appCommand(repository, commit))
    return { argv, variables: { NODE_ENV: "production" } }
  }
  const { slug } = await actAsPlatform(parts, row, (ctx) => needProject(ctx, row.projectId))
  const host = new URL(parts.previewUrl(draftSlugOf(slug, row.draftOf ?? ""))).hostname
  const scripts = await scriptsOf(repository, commit)
  return { argv: devCommand(scripts, port), variables: devVariables(host), unlessSet: devMemory }
}

/** After a crash the app finds its folder as it left it; else it is stopped and brought to the commit. */
async function bringAppFiles(
  parts: AppsParts,
  machine: LiveMachine,
  { commit, script, again }: Target & { again: boolean },
): Promise<void> {
  const memory = memoryOf(machine)
  if (again && memory.appFiles === commit) return
  memory.appFiles = undefined
  await machine.guest.stopApp()
  const repository = parts.repositories.of(machine.projectId)
  await checkOut(machine.guest, repository, { commit, folder: appFolder })
  const { projectId } = machine
  const built = script === "start"
  await parts.packages.use(machine.guest, { projectId, commit, folder: appFolder, built })
  memory.appFiles = commit
}

export async function recordListening(parts: AppsParts, { row, turn, machine }: AppTurn) {
  memoryOf(machine).appPort = row.port
  await observe(parts, turn, {
    state: "running",
    phase: "settled",
    snapshot: null,
    ...(row.restoring === "brought" ? { restoreDone: row.restoreAsked } : {}),
    restoring: "no",
    ...(row.purpose === "live" ? { commitProved: row.commit } : {}),
    // Why something was taken back stays to be read.
    ...(row.phase === "returning" || row.commitWanted === row.commitRefused
      ? {}
      : { exitCode: null, failure: null }),
    async also(ctx) {
      await markRelease(ctx.db, row.id, { outcome: "running", failure: null })
      if (row.restoring === "brought") await noteRestore(ctx, row, null)
    },
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
    failure: error.code === "disk_full" ? howItEnded({ reason: "disk_full" }) : error.say,
    logTail: [],
    also: (ctx) => failRelease(ctx, idIn<AppRow>(turn), error.say),
  })
}

async function ended(parts: AppsParts, machine: LiveMachine): Promise<Observation> {
  const logTail = await lastLines(parts, machine)
  return { state: "crashed", phase: "settled", endedAt: parts.clock.now(), logTail }
}

/** The last lines of the newest start. */
export async function lastLines(parts: AppsParts, machine: LiveMachine): Promise<string[]> {
  const text = await machine.guest.appLog({ tailBytes: logTailBytes, newestStart: true })
  const mask = await maskOf(parts, machine)
  return mask(text).trimEnd().split("\n").slice(-logTailLines)
}
