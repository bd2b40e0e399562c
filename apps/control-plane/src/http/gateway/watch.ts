import type { Clock } from "@vibecaas/kernel/clock"

/** Calls `late` once when `touch` was not called for `ms`; ends with the signal. */
export function watchSilence(
  clock: Clock,
  options: { ms: number; signal: AbortSignal; late(): void },
): { touch(): void } {
  let heardAt = clock.now().getTime()
  const wait = async () => {
    for (;;) {
      const left = heardAt + options.ms - clock.now().getTime()
      if (left <= 0) return options.late()
      await clock.sleep(left, options.signal)
    }
  }
  wait().catch(() => {})
  return {
    touch() {
      heardAt = clock.now().getTime()
    },
  }
}

/** Asks `still` every `ms`; calls `lost` once when it answers no or fails; ends with the signal. */
export function watchRight(
  clock: Clock,
  options: { ms: number; signal: AbortSignal; still(): Promise<boolean>; lost(): void },
): void {
  const ask = async () => {
    for (;;) {
      await clock.sleep(options.ms, options.signal)
      const holds = await options.still().catch(() => false)
      if (!holds) return options.lost()
    }
  }
  ask().catch(() => {})
}
