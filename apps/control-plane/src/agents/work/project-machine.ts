import type { MachineOf, MachineSession, Sessions } from "../../apps/index.ts"

/** The machine of one run, as its agents may use it: one call at a time, since there is one `/workspace`. */
export interface ProjectMachine {
  use<T>(action: (session: MachineSession) => Promise<T>): Promise<T>
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
  parts: { machines: Sessions; queues: Queues },
  of: MachineOf,
): ProjectMachine {
  return {
    use: (action) =>
      parts.queues.inTurn(of.draftOf, async () => {
        of.signal.throwIfAborted()
        return action(await parts.machines.session(of))
      }),
  }
}
