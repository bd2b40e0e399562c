/** Runs actions, at most so many at the same time. */
export type AtMost = <T>(action: () => Promise<T>) => Promise<T>

/**
 * Lets `max` actions run at once and refuses further ones at once, rather than let them wait with a
 * connection in their hands.
 *
 * @param refusal the error of a refused action
 */
export function atMost(max: number, refusal: () => Error): AtMost {
  let running = 0
  return async (action) => {
    if (running >= max) throw refusal()
    running++
    try {
      return await action()
    } finally {
      running--
    }
  }
}
