import { fault, isFault } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import type { Turn } from "@vibecaas/reconcile/loop"
import { inTurn } from "../core/resource.ts"
import type { MoveRow } from "./move.ts"
import { note } from "./move-resource.ts"
import type { MovesParts } from "./moves-parts.ts"
import { findMove } from "./queries.ts"

export interface Work {
  /** aborts when a person cancels, or the turn ends */
  signal: AbortSignal
  /** asked every second what it is at, in words, and written down when it is something else */
  say(doing: () => string): void
}

const everyMs = 1000

const cancelled = () => fault("conflict", { say: "It was cancelled." })

/** Whether work ended because a person wants it no more. */
export const wasCancelled = (error: unknown): boolean =>
  isFault(error, "conflict") && error.say === cancelled().say

/**
 * Does what takes long: meanwhile the row says what it is at, and the work ends when somebody cancels it.
 *
 * @throws what the work throws; see `wasCancelled`
 */
export async function whileWanted<T>(
  parts: MovesParts,
  { row, turn }: { row: MoveRow; turn: Turn },
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const done = new AbortController()
  const signal = AbortSignal.any([over.signal, turn.signal])
  let saying = () => row.doing
  const look = () =>
    inTurn(parts, turn, async (ctx) => {
      const now = await findMove(ctx.db, row.id)
      if (now?.wanted !== "done") over.abort(cancelled())
      else if (now.doing !== saying()) await note(ctx, row, { doing: saying() })
    })
  const watch = async () => {
    while (!done.signal.aborted) {
      await parts.clock.sleep(everyMs, done.signal).catch(() => {})
      if (!done.signal.aborted) await bestEffort(parts.log, "look whether a move is wanted", look)
    }
  }
  const watching = watch()
  try {
    return await work({
      signal,
      say: (doing) => {
        saying = doing
      },
    })
  } catch (error) {
    if (over.signal.aborted) throw over.signal.reason
    throw error
  } finally {
    done.abort()
    await watching
  }
}
