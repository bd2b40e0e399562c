export type InTurn = <T>(key: string, action: () => Promise<T>) => Promise<T>

/** Runs what concerns the same thing one after the other. */
export function makeTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return async (key, action) => {
    const before = last.get(key) ?? Promise.resolve()
    const turn = before.then(action, action)
    const settled = turn.catch(() => {})
    last.set(key, settled)
    try {
      return await turn
    } finally {
      if (last.get(key) === settled) last.delete(key)
    }
  }
}
