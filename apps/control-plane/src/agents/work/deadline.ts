import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"

/**
 * Runs `action` with a signal that aborts after `ms`, and does not wait for one that ignores it.
 *
 * @throws Fault `too_slow`, or the outer signal's reason
 */
export async function within<T>(
  limit: { clock: Clock; ms: number; signal: AbortSignal; what: string },
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  limit.signal.throwIfAborted()
  const over = new AbortController()
  const timer = new AbortController()
  const late = limit.clock
    .sleep(limit.ms, AbortSignal.any([limit.signal, timer.signal]))
    .then(
      () => fault("too_slow", tooSlow(limit)),
      (reason: unknown) => reason,
    )
    .then((reason) => {
      over.abort(reason)
      throw reason
    })
  late.catch(() => {})
  try {
    return await Promise.race([action(over.signal), late])
  } finally {
    timer.abort(new Error("ended in time"))
  }
}

const tooSlow = ({ what, ms }: { what: string; ms: number }) => ({
  say: `${what} took longer than ${Math.round(ms / 1000)} s and was stopped.`,
  retryable: true,
})
