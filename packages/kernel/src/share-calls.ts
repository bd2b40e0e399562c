/**
 * Has everybody who asks while work is under way share the next one: hundreds that ask at once wait for two
 * answers, and nobody gets one that was begun before they asked.
 */
export function shareCalls<T>(work: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined
  let next: Promise<T> | undefined
  const begin = () => {
    const begun = work().finally(() => {
      if (current === begun) current = undefined
    })
    current = begun
    return begun
  }
  return () => {
    if (!current) return begin()
    next ??= current
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        next = undefined
        return begin()
      })
    return next
  }
}
