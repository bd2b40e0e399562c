import { type BackoffOptions, backoffMs } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { Pool } from "pg"
import type { Keeper, RunningTurn } from "./keeper.ts"
import { parseKey } from "./key.ts"
import { type Lease, type Outcome, releaseLease } from "./leases.ts"
import {
  type Cause,
  faultInWords,
  limitsOf,
  type Progress,
  soonEnough,
  type Verdict,
  verdictOnFailure,
  verdictOnLosses,
  verdictOnWork,
} from "./limits.ts"
import type { LoopDefinition, Turn, TurnOutcome } from "./loop.ts"
import type { Next } from "./next.ts"
import { countTurn, type LoopStats } from "./stats.ts"

export interface TurnParts {
  pool: Pool
  clock: Clock
  log: Log
  backoff: BackoffOptions
  keeper: Keeper
  /** the key is due again in `ms` */
  onDueIn(ms: number): void
}

interface Taken {
  lease: Lease
  /** by our clock, counted from before the lease was asked for */
  leasedUntilMs: number
}

export interface RunnableLoop {
  definition: LoopDefinition
  stats: LoopStats
}

/** Runs one turn of a key whose lease was taken, and gives the lease back. */
export async function runTurn(parts: TurnParts, loop: RunnableLoop, taken: Taken): Promise<void> {
  const { lease } = taken
  const running = startTurn(parts, loop, taken)
  parts.keeper.turns.add(running)
  try {
    await finish(parts, loop, { running, ...(await attempt(parts, loop, { running, lease })) })
  } finally {
    parts.keeper.turns.delete(running)
  }
}

function startTurn(
  { clock }: TurnParts,
  { definition }: RunnableLoop,
  { lease: { loop, key, reason, fence }, leasedUntilMs }: Taken,
): RunningTurn {
  return {
    ...{ loop, key, reason, fence, leasedUntilMs },
    turnMsMax: limitsOf(definition.limits).turnMsMax,
    startedAt: clock.now(),
    controller: new AbortController(),
    onWake: [],
    lost: false,
    overdue: false,
    interrupted: false,
  }
}

interface Started {
  running: RunningTurn
  lease: Lease
}

/** How a turn ended, before it is known whether its lease still holds. */
interface Attempt {
  outcome: TurnOutcome
  threw: boolean
  /** what is written in the key's row */
  row: Omit<Outcome, "elapsedMs" | "reason">
}

async function attempt(
  parts: TurnParts,
  loop: RunnableLoop,
  { running, lease }: Started,
): Promise<Attempt> {
  const turn = turnOf(parts, loop, running)
  const limits = limitsOf(loop.definition.limits)
  const hopeless = verdictOnLosses(limits, lease)
  if (hopeless) return giveUp(parts, loop, { running, turn, verdict: hopeless })
  try {
    const next = await loop.definition.reconcile(turn)
    if (next.kind !== "working") return atRest(next)
    const progress = progressAt(parts, { running, lease }, next.mark)
    const verdict = verdictOnWork(limits, { progress, failures: lease.failures })
    if (verdict) return await giveUp(parts, loop, { running, turn, verdict })
    const afterMs = soonEnough(limits, progress, next.afterMs)
    const row = { kind: "working", failures: 0, afterMs, mark: next.mark } as const
    return { outcome: "working", threw: false, row }
  } catch (error) {
    if (running.lost) return lost
    if (running.interrupted) return interrupted(lease)
    const failures = lease.failures + 1
    const progress = lease.progress && progressAt(parts, { running, lease }, lease.progress.mark)
    const verdict = verdictOnFailure(limits, { error, failures, progress })
    if (verdict) return await giveUp(parts, loop, { running, turn, verdict })
    return failed(parts, turn, { error, failures })
  }
}

function turnOf(parts: TurnParts, { stats }: RunnableLoop, running: RunningTurn): Turn {
  const { loop, key, reason, fence, controller } = running
  const log = parts.log.child({ loop, item: key, fence: `${fence}` })
  const correction = (what: string) => {
    stats.corrections += 1
    log.warn({ what }, "corrected what changed without us")
  }
  const onWake = (heard: () => void) => void running.onWake.push(heard)
  const { signal } = controller
  return { loop, key: parseKey(key), reason, signal, log, fence, onWake, correction }
}

function progressAt({ clock }: TurnParts, { running, lease }: Started, mark: string): Progress {
  const turnMs = clock.now().getTime() - running.startedAt.getTime()
  const before = lease.progress
  return {
    mark,
    workMs: turnMs + (before?.workMs ?? 0),
    markMs: before?.mark === mark ? turnMs + before.markMs : 0,
  }
}

function atRest(next: Exclude<Next, { kind: "working" }>): Attempt {
  const afterMs = next.kind === "done" ? null : next.afterMs
  return { outcome: next.kind, threw: false, row: { kind: "rest", failures: 0, afterMs } }
}

const lost: Attempt = {
  outcome: "lost",
  threw: true,
  row: { kind: "interrupted", failures: 0, afterMs: null },
}

const interrupted = ({ failures }: Lease): Attempt => ({
  outcome: "again",
  threw: false,
  row: { kind: "interrupted", failures, afterMs: 0 },
})

function failed(
  parts: TurnParts,
  turn: Turn,
  { error, failures, cause }: Omit<Verdict, "cause"> & { cause?: Cause },
): Attempt {
  const afterMs = backoffMs(failures, parts.backoff)
  turn.log.warn({ err: error, failures, cause, afterMs }, "a turn failed; its key is tried again")
  const row = { kind: "failed", failures, afterMs, fault: faultInWords(error), cause } as const
  return { outcome: "retry", threw: true, row }
}

/** Lets the definition write its evidence, with as much time and as good a signal as a turn has. */
async function giveUp(
  parts: TurnParts,
  { definition }: RunnableLoop,
  { running, turn, verdict }: { running: RunningTurn; turn: Turn; verdict: Verdict },
): Promise<Attempt> {
  const controller = new AbortController()
  Object.assign(running, { controller, overdue: false, startedAt: parts.clock.now() })
  const { cause, error, failures } = verdict
  try {
    const answer = await definition.giveUp?.({ ...turn, signal: controller.signal }, verdict)
    if (answer === "keep-trying") return failed(parts, turn, verdict)
  } catch (second) {
    if (running.lost) return lost
    turn.log.error({ err: second }, "noting a failure failed itself")
    return failed(parts, turn, verdict)
  }
  turn.log.error({ err: error, failures, cause }, "a key was given up")
  const fault = faultInWords(error)
  const row = { kind: "given-up", failures, afterMs: null, fault, cause } as const
  return { outcome: "give-up", threw: true, row }
}

async function finish(
  parts: TurnParts,
  loop: RunnableLoop,
  ended: Attempt & { running: RunningTurn },
): Promise<void> {
  const { running, threw } = ended
  const endedAt = parts.clock.now()
  const outcome: Outcome = {
    ...ended.row,
    elapsedMs: endedAt.getTime() - running.startedAt.getTime(),
    reason: ended.outcome === "retry" ? "retry" : "again",
  }
  const inMs = running.lost ? undefined : await tryRelease(parts, running, outcome)
  const known = inMs === undefined ? "lost" : ended.outcome
  countTurn(loop.stats, running, { outcome: known, threw, endedAt })
  if (inMs !== undefined && inMs !== null) parts.onDueIn(inMs)
}

/** A lease that cannot be given back ends by itself, and the key is taken up again. */
async function tryRelease(parts: TurnParts, running: RunningTurn, outcome: Outcome) {
  try {
    return await releaseLease(parts.pool, running, outcome)
  } catch (error) {
    parts.log.debug({ err: error, loop: running.loop }, "a lease could not be given back")
    return undefined
  }
}
