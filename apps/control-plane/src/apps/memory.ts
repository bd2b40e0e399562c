import type { LiveMachine } from "../machines/index.ts"

/** What this process knows of what it did in a machine; forgotten with the session. */
export interface Memory {
  /** where its app listens, once that was seen */
  appPort: number | null
  /** what `/workspace` was brought to last by this process; `undefined`: nothing is known */
  checkedOut: string | null | undefined
  /** the commit whose files this process put into the app's folder */
  appFiles: string | undefined
  /** runs what changes `/workspace` one after the other */
  inTurn<T>(action: () => Promise<T>): Promise<T>
}

const memories = new WeakMap<LiveMachine, Memory>()

export function memoryOf(machine: LiveMachine): Memory {
  const known = memories.get(machine)
  if (known) return known
  const made = makeMemory()
  memories.set(machine, made)
  return made
}

function makeMemory(): Memory {
  let last: Promise<unknown> = Promise.resolve()
  return {
    appPort: null,
    checkedOut: undefined,
    appFiles: undefined,
    inTurn(action) {
      const turn = last.then(action, action)
      last = turn.catch(() => {})
      return turn
    },
  }
}
