import type { Clock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import { backoffMs, type RetryOptions } from "@vibecaas/kernel/retry"
import type { Pool } from "pg"
import type { Keeper, RunningTurn } from "./keeper.ts"
import { parseKey } from "./key.ts"
import { type Holder, type Lease, type Outcome, releaseLease, takeLease } from "./leases.ts"
import type { LoopDefinition, Turn, TurnOutcome } from "./loop.ts"
import { countTurn, type LoopStats } from "./stats.ts"

/** How waits grow while a key's turns throw. */
export type Backoff = Pick<RetryOptions, "delayMs" | "delayMsMax" | "jitter" | "random">

export interface TurnParts {
  pool: Pool
  clock: Clock
  log: Log
  backoff: Backoff
  holder: Holder
  leaseMs: number
  keeper: Keeper
  /** the key is due again in `ms` */
  onDueIn(loop: string, offer: { key: string; fence: string }, ms: number): void
}

export interface RunnableLoop {
  definition: LoopDefinition
  stats: LoopStats
}

const turnMsMaxDefault = 600_000

/** Answers an offer: takes the key's lease if it is due and free, runs one turn, gives it back. */
export async function runTurn(parts: TurnParts, loop: RunnableLoop, key: string): Promise<void> {
  const { name } = loop.definition
  const askedAtMs = parts.clock.now().getTime()
  const lease = await takeLease(
    parts.pool,
    { loop: name, key, leaseMs: parts.leaseMs },
    parts.holder,
  )
  if (!lease) return
  const running = startTurn(loop, key, lease, {
    startedAt: parts.clock.now(),
    leasedUntilMs: askedAtMs + parts.leaseMs,
  })
  parts.keeper.turns.add(running)
  try {
    await finish(parts, loop, { running, lease, ...(await attempt(parts, loop, running, lease)) })
  } finally {
    parts.keeper.turns.delete(running)
  }
}

function startTurn(
  { definition }: RunnableLoop,
  key: string,
  lease: Lease,
  times: { startedAt: Date; leasedUntilMs: number },
): RunningTurn {
  return {
    loop: definition.name,
    key,
    reason: lease.reason,
    fence: lease.fence,
    turnMsMax: definition.turnMsMax ?? turnMsMaxDefault,
    controller: new AbortController(),
    lost: false,
    overdue: false,
    interrupted: false,
    ...times,
  }
}

interface Attempt {
  outcome: TurnOutcome
  threw: boolean
  afterMs: number | null
}

async function attempt(
  parts: TurnParts,
  { definition, stats }: RunnableLoop,
  running: RunningTurn,
  lease: Lease,
): Promise<Attempt> {
  const log = parts.log.child({ loop: running.loop, item: running.key, fence: `${running.fence}` })
  const turn: Turn = {
    loop: running.loop,
    key: parseKey(running.key),
    reason: running.reason,
    signal: running.controller.signal,
    log,
    fence: running.fence,
    correction: (what) => {
      stats.corrections += 1
      log.warn({ what }, "corrected what changed without us")
    },
  }
  try {
    const next = await definition.reconcile(turn)
    if (next.kind === "done") return { outcome: "done", threw: false, afterMs: null }
    return { outcome: "again", threw: false, afterMs: next.afterMs }
  } catch (error) {
    if (running.lost) return { outcome: "lost", threw: true, afterMs: null }
    if (running.interrupted) return { outcome: "again", threw: false, afterMs: 0 }
    const failures = lease.failures + 1
    const verdict = await judge(definition, turn, error, failures)
    const afterMs = verdict === "give-up" ? null : backoffMs(failures, parts.backoff)
    log.warn({ err: error, failures, verdict, afterMs }, "a turn failed")
    return { outcome: verdict, threw: true, afterMs }
  }
}

async function judge(
  definition: LoopDefinition,
  turn: Turn,
  error: unknown,
  failures: number,
): Promise<"retry" | "give-up"> {
  const terminal = isFault(error) && !error.retryable
  if (!definition.failed) return terminal ? "give-up" : "retry"
  try {
    const verdict = await definition.failed(turn, error, failures)
    return terminal ? "give-up" : verdict
  } catch (second) {
    turn.log.error({ err: second }, "noting a failure failed itself")
    return "retry"
  }
}

async function finish(
  parts: TurnParts,
  loop: RunnableLoop,
  ended: Attempt & { running: RunningTurn; lease: Lease },
): Promise<void> {
  const { running, lease, threw } = ended
  const outcome: Outcome = {
    failures: threw || running.interrupted ? lease.failures + Number(threw) : 0,
    afterMs: ended.afterMs,
    reason: ended.outcome === "retry" ? "retry" : "again",
  }
  const inMs = running.lost ? undefined : await tryRelease(parts, running, outcome)
  countTurn(loop.stats, {
    ...running,
    outcome: inMs === undefined ? "lost" : ended.outcome,
    threw,
    endedAt: parts.clock.now(),
  })
  if (inMs === undefined || inMs === null) return
  parts.onDueIn(running.loop, { key: running.key, fence: `${running.fence}` }, inMs)
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
