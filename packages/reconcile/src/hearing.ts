import type { Listener } from "./listen.ts"
import { parseWake, type Wake, wakeChannel } from "./wake.ts"

/** Wakes as they are told by the database. */
export interface Hearing {
  /** resolves when wakes arrive for the first time */
  ready: Promise<void>
}

export interface HearingParts {
  listener: Listener
  onWake(wake: Wake): void
  /** wakes may have been missed while nobody listened */
  onGap(): void
}

export function hearWakes({ listener, onWake, onGap }: HearingParts): Hearing {
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  let heard = false
  listener.on(wakeChannel, (payload) => {
    const wake = parseWake(payload)
    if (wake) onWake(wake)
  })
  listener.onState((hearing) => {
    if (!hearing) return
    if (heard) onGap()
    heard = true
    resolve()
  })
  return { ready }
}
