import type { Log } from "@vibecaas/kernel/log"
import type { Key } from "./key.ts"
import type { Reason } from "./leases.ts"
import type { Limits, Verdict } from "./limits.ts"
import type { Next } from "./next.ts"

/**
 * A loop brings the things of one kind to what their rows ask for, one key at a time.
 *
 * It never learns which event woke it: it reads the rows and the world again at every turn, takes
 * the next idempotent step, and answers when to come back.
 */
export interface LoopDefinition {
  /** unique, lower case, e.g. `stores` */
  name: string
  /** one sentence for people: what this loop sees to */
  description: string
  /** turns at the same time in each process, for different keys */
  concurrency: number
  /** how often `due` is asked, in `ms`, by one process of all */
  sweepEveryMs: number
  /** what is absent has a default; see `Limits` */
  limits?: Partial<Limits>
  /** keys that need attention, from rows and from the world; also asked at start-up */
  due(signal: AbortSignal): Promise<Key[]>
  reconcile(turn: Turn): Promise<Next>
  /**
   * A limit was exceeded, or trying again cannot help: the place to write evidence. Answers whether
   * the key waits for a wake or a sweep, or must be tried for ever, e.g. because what should end
   * may not be left. Either way the loop's status shows it. Without it, the key is given up.
   */
  giveUp?(turn: Turn, verdict: Verdict): Promise<"give-up" | "keep-trying">
}

export interface Turn {
  loop: string
  key: Key
  reason: Reason
  /** aborted when the lease is lost, the turn takes too long or the process stops */
  signal: AbortSignal
  log: Log
  /** fencing number of this turn's lease: higher than that of any turn before, of any key */
  fence: bigint
  /**
   * Calls `heard` when the key is woken while this turn goes on: something that it read may have
   * changed. A wake can be lost, so it only saves looking often.
   */
  onWake(heard: () => void): void
  /** counts a repair of something that changed without us; a healthy system has none */
  correction(what: string): void
}

export interface LoopHandle {
  /** Makes the key due now. Inside a transaction use `wakeInTransaction` instead. */
  wake(key: Key): Promise<void>
}

export type TurnOutcome = "done" | "again" | "working" | "retry" | "give-up" | "lost"

/** What one process has seen of a loop since it started. */
export interface LoopStatus {
  name: string
  description: string
  sweepEveryMs: number
  concurrency: number
  running: { key: Key; since: Date; reason: Reason }[]
  /** the turn that ended last */
  last:
    | { key: Key; reason: Reason; outcome: TurnOutcome; elapsedMs: number; endedAt: Date }
    | undefined
  sweptAt: Date | undefined
  /** turns that ended */
  turns: number
  /** turns that threw */
  failures: number
  corrections: number
}
