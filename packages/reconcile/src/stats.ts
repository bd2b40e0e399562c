import { parseKey } from "./key.ts"
import type { Reason } from "./leases.ts"
import type { LoopDefinition, LoopStatus, TurnOutcome } from "./loop.ts"

/** What a loop counts about itself, in memory. */
export interface LoopStats {
  last: LoopStatus["last"]
  sweptAt: Date | undefined
  turns: number
  failures: number
  corrections: number
}

export const freshStats = (): LoopStats => ({
  last: undefined,
  sweptAt: undefined,
  turns: 0,
  failures: 0,
  corrections: 0,
})

export interface EndedTurn {
  key: string
  reason: Reason
  outcome: TurnOutcome
  threw: boolean
  startedAt: Date
  endedAt: Date
}

export function countTurn(stats: LoopStats, ended: EndedTurn): void {
  stats.turns += 1
  if (ended.threw) stats.failures += 1
  stats.last = {
    key: parseKey(ended.key),
    reason: ended.reason,
    outcome: ended.outcome,
    elapsedMs: ended.endedAt.getTime() - ended.startedAt.getTime(),
    endedAt: ended.endedAt,
  }
}

export interface RunningSince {
  key: string
  reason: Reason
  startedAt: Date
}

export function loopStatus(
  definition: LoopDefinition,
  stats: LoopStats,
  running: RunningSince[],
): LoopStatus {
  const { name, description, sweepEveryMs, concurrency } = definition
  return {
    name,
    description,
    sweepEveryMs,
    concurrency,
    running: running.map(({ key, startedAt, reason }) => ({
      key: parseKey(key),
      since: startedAt,
      reason,
    })),
    ...stats,
  }
}
