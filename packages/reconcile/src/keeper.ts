import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { Pool } from "pg"
import { leaseLost } from "./fence.ts"
import { parseKey } from "./key.ts"
import { type Reason, renewLeases } from "./leases.ts"

/** A turn at work in this process. */
export interface RunningTurn {
  loop: string
  key: string
  reason: Reason
  fence: bigint
  startedAt: Date
  /** aborted after this long, in `ms` */
  turnMsMax: number
  /** by our clock, counted from before the lease was asked for, so never later than the row's */
  leasedUntilMs: number
  controller: AbortController
  /** called when the key is woken meanwhile */
  onWake: (() => void)[]
  /** true once another may have the key: what this turn answers counts for nothing */
  lost: boolean
  /** true once it took too long: its lease is renewed no more, but its failure still counts */
  overdue: boolean
  /** true once the process stops: that it threw then is no failure of its work */
  interrupted: boolean
}

/** Keeps the leases of this process's turns, and aborts a turn that lost its lease. */
export interface Keeper {
  turns: Set<RunningTurn>
  renew(): Promise<void>
}

export function makeKeeper(options: { pool: Pool; clock: Clock; leaseMs: number }): Keeper {
  const { pool, clock, leaseMs } = options
  const turns = new Set<RunningTurn>()
  const renew = async () => {
    const now = clock.now().getTime()
    for (const turn of turns) {
      if (now - turn.startedAt.getTime() > turn.turnMsMax) stopOverdue(turn)
    }
    const kept = [...turns].filter(({ lost, overdue }) => !lost && !overdue)
    if (kept.length === 0) return
    const still = await renewLeases(
      pool,
      kept.map(({ fence }) => fence),
      leaseMs,
    )
    for (const turn of kept) {
      if (still.has(turn.fence)) turn.leasedUntilMs = now + leaseMs
      else if (turns.has(turn)) lose(turn, leaseLost({ ...turn, key: parseKey(turn.key) }))
    }
  }
  return {
    turns,
    renew: async () => {
      try {
        await renew()
      } catch (error) {
        // Without the database we only know our own clock.
        const now = clock.now().getTime()
        for (const turn of turns) {
          if (now > turn.leasedUntilMs) lose(turn, leaseLost({ ...turn, key: parseKey(turn.key) }))
        }
        throw error
      }
    },
  }
}

function lose(turn: RunningTurn, reason: Error): void {
  if (turn.lost) return
  turn.lost = true
  turn.controller.abort(reason)
}

function stopOverdue(turn: RunningTurn): void {
  if (turn.overdue) return
  turn.overdue = true
  turn.controller.abort(
    fault("turn_too_long", {
      say: "This step took too long and was stopped; it will be tried again.",
      note: `${turn.loop} ${turn.key} ran longer than ${turn.turnMsMax} ms`,
      retryable: true,
    }),
  )
}
