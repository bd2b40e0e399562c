import type { RunningTurn } from "./keeper.ts"
import { parseKey } from "./key.ts"
import type { LoopDefinition, LoopStatus, TurnOutcome } from "./loop.ts"

/** What a loop counts about itself, in memory. */
export type LoopStats = Pick<LoopStatus, "last" | "sweptAt" | "turns" | "failures" | "corrections">

export const freshStats = (): LoopStats => ({
  last: undefined,
  sweptAt: undefined,
  turns: 0,
  failures: 0,
  corrections: 0,
})

export function countTurn(
  stats: LoopStats,
  { key, reason, startedAt }: RunningTurn,
  { endedAt, ...ended }: { outcome: TurnOutcome; threw: boolean; endedAt: Date },
): void {
  stats.turns += 1
  if (ended.threw) stats.failures += 1
  const elapsedMs = endedAt.getTime() - startedAt.getTime()
  stats.last = { key: parseKey(key), reason, outcome: ended.outcome, elapsedMs, endedAt }
}

export function loopStatus(
  { name, description, sweepEveryMs, concurrency }: LoopDefinition,
  stats: LoopStats,
  turns: RunningTurn[],
): LoopStatus {
  const running = turns.map(({ key, startedAt: since, reason }) => ({
    key: parseKey(key),
    since,
    reason,
  }))
  return { name, description, sweepEveryMs, concurrency, running, ...stats }
}
