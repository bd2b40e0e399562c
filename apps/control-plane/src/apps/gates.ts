import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"

/**
 * Where visitors of an app pass, one gate for each project of this process. While another commit
 * takes the place of the one that runs, visitors wait at the gate instead of meeting neither.
 */
export interface Gates {
  /** Resolves when a visitor may pass; answers how to say that the visit is over. */
  enter(projectId: string): Promise<() => void>
  /** From now on visitors wait. Resolves once nobody is inside any more, or after a while. */
  hold(projectId: string): Promise<void>
  /** Lets those in who wait. */
  release(projectId: string): void
}

/** Longest that visits under way are waited for, in `ms`. */
const leaveMsMax = 5000
/** Longest that a visitor waits, in `ms`: then they are told what keeps the app. */
const waitMsMax = 45_000

interface Gate {
  inside: number
  /** told when the last one has left */
  empty: () => void
  opened: PromiseWithResolvers<void> | undefined
}

export function makeGates(clock: Clock): Gates {
  const gates = new Map<string, Gate>()
  const gateOf = (id: string): Gate => {
    const known = gates.get(id)
    if (known) return known
    const made: Gate = { inside: 0, empty: () => {}, opened: undefined }
    gates.set(id, made)
    return made
  }
  const forget = (id: string, { inside, opened }: Gate) => {
    if (inside === 0 && !opened) gates.delete(id)
  }
  return {
    async enter(id) {
      const held = gates.get(id)?.opened
      if (held) await inTime({ clock, ms: waitMsMax }, held.promise, () => {})
      const gate = gateOf(id)
      gate.inside += 1
      let here = true
      return () => {
        if (!here) return
        here = false
        gate.inside -= 1
        if (gate.inside === 0) gate.empty()
        forget(id, gate)
      }
    },
    async hold(id) {
      const gate = gateOf(id)
      gate.opened ??= Promise.withResolvers()
      if (gate.inside === 0) return
      const left = Promise.withResolvers<void>()
      gate.empty = left.resolve
      await inTime({ clock, ms: leaveMsMax }, left.promise, () => {})
    },
    release(id) {
      const gate = gates.get(id)
      gate?.opened?.resolve()
      if (!gate) return
      gate.opened = undefined
      forget(id, gate)
    },
  }
}
