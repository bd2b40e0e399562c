interface Waiting {
  tenant: string
  begin(): void
}

/**
 * Lets so many actions run at once, and those of one tenant never in the last place: another one's then
 * begins at once, however long those may take. A place that is free goes to the tenant with the fewest,
 * of these to the one whose turn was longest ago.
 *
 * @param atOnce two or more
 */
export function makeTurns(atOnce: number) {
  const waiting: Waiting[] = []
  const running = new Map<string, number>()
  /** tenants by their last turn, the longest ago first */
  const served = new Set<string>()
  let free = atOnce

  const runningOf = (tenant: string) => running.get(tenant) ?? 0
  const lastTurn = (tenant: string) => [...served].indexOf(tenant)
  const mayBegin = (tenant: string) => free > 0 && runningOf(tenant) < atOnce - 1
  const take = (tenant: string) => {
    free -= 1
    running.set(tenant, runningOf(tenant) + 1)
    served.delete(tenant)
    served.add(tenant)
  }
  const leave = (tenant: string) => {
    free += 1
    running.set(tenant, runningOf(tenant) - 1)
    if (runningOf(tenant) === 0) running.delete(tenant)
    const [next] = waiting
      .filter((one) => mayBegin(one.tenant))
      .sort(
        (a, b) =>
          runningOf(a.tenant) - runningOf(b.tenant) || lastTurn(a.tenant) - lastTurn(b.tenant),
      )
    if (next) next.begin()
    // Who has nothing here any more is as new.
    if (runningOf(tenant) === 0 && !waiting.some((one) => one.tenant === tenant))
      served.delete(tenant)
  }
  const wait = (tenant: string, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const quit = () => {
        waiting.splice(waiting.indexOf(one), 1)
        reject(signal.reason)
      }
      const one: Waiting = {
        tenant,
        begin() {
          signal.removeEventListener("abort", quit)
          waiting.splice(waiting.indexOf(one), 1)
          take(tenant)
          resolve()
        },
      }
      waiting.push(one)
      signal.addEventListener("abort", quit, { once: true })
    })

  /** @throws the signal's reason when it aborts before the action began, and what the action throws */
  return async <T>(
    { tenant, signal }: { tenant: string; signal: AbortSignal },
    action: () => Promise<T>,
  ): Promise<T> => {
    signal.throwIfAborted()
    if (mayBegin(tenant)) take(tenant)
    else await wait(tenant, signal)
    try {
      return await action()
    } finally {
      leave(tenant)
    }
  }
}
