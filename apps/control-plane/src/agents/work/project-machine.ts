import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { MachineOf, MachineSession, Sessions } from "../../apps/index.ts"

/** The machine of one run, as its agents may use it: one call at a time, since there is one `/workspace`. */
export interface ProjectMachine {
  use<T>(action: (session: MachineSession) => Promise<T>): Promise<T>
  /** Boots it before anybody asks, while other things are done; who uses it then waits for the rest. */
  warm(): void
}

/** Lets those who ask for the same key in one after the other, in the order they asked. */
export interface Queues {
  inTurn<T>(key: string, action: () => Promise<T>): Promise<T>
}

export function makeQueues(): Queues {
  const tails = new Map<string, Promise<unknown>>()
  return {
    async inTurn(key, action) {
      const before = tails.get(key) ?? Promise.resolve()
      const mine = before.then(action, action)
      tails.set(key, mine)
      try {
        return await mine
      } finally {
        if (tails.get(key) === mine) tails.delete(key)
      }
    },
  }
}

export function makeProjectMachine(
  parts: { machines: Sessions; queues: Queues; log: Log },
  of: MachineOf,
): ProjectMachine {
  const use: ProjectMachine["use"] = (action) =>
    parts.queues.inTurn(of.draftOf, async () => {
      of.signal.throwIfAborted()
      return action(await parts.machines.session(of))
    })
  return {
    use,
    // Whoever needs it is told why it does not start.
    warm: () => void bestEffort(parts.log, "boot a draft ahead", () => use(async () => {})),
  }
}
