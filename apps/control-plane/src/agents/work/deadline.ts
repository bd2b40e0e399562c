import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"

interface HearingLimits {
  clock: Clock
  /** until something is heard for the first time, in `ms` */
  ms: number
  /** from beginning to end, in `ms` */
  totalMs: number
  signal: AbortSignal
  /** who is waited for, as a sentence begins */
  what: string
}

/**
 * Runs `action` with a signal that aborts after a silence, and does not wait for one that ignores
 * it. Each `heard(ms)` says that there was no silence, and how long the next one may be.
 *
 * @throws Fault `too_slow`, or the outer signal's reason
 */
export async function whileHeard<T>(
  limits: HearingLimits,
  action: (signal: AbortSignal, heard: (ms: number) => void) => Promise<T>,
): Promise<T> {
  const { clock, signal, what, totalMs } = limits
  signal.throwIfAborted()
  const now = () => clock.now().getTime()
  const end = now() + totalMs
  const over = new AbortController()
  const done = new AbortController()
  let allowedMs = limits.ms
  let silentFrom = now()
  const heard = (ms: number) => {
    allowedMs = ms
    silentFrom = now()
  }
  const watch = async (): Promise<never> => {
    const until = AbortSignal.any([signal, done.signal])
    for (;;) {
      const left = Math.min(silentFrom + allowedMs, end) - now()
      if (left > 0) await clock.sleep(left, until)
      else throw tooSlow(what, now() >= end ? { totalMs } : { silentMs: allowedMs })
    }
  }
  const late = watch().catch((reason: unknown) => {
    over.abort(reason)
    throw reason
  })
  late.catch(() => {})
  try {
    return await Promise.race([action(over.signal, heard), late])
  } finally {
    done.abort(new Error("ended in time"))
  }
}

function tooSlow(what: string, { totalMs, silentMs }: { totalMs?: number; silentMs?: number }) {
  const seconds = (ms: number) => `${Math.round(ms / 1000)} s`
  const say =
    totalMs === undefined
      ? `${what} was silent for ${seconds(silentMs ?? 0)} and was given up.`
      : `${what} took longer than ${seconds(totalMs)} and was stopped.`
  return fault("too_slow", { say, retryable: true })
}
