/** Places for so many at a time; the others wait in the order they came. */
export function makeSeats(count: number) {
  const waiting: (() => void)[] = []
  let taken = 0
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else taken -= 1
  }
  return {
    taken: () => taken,
    /** Resolves with how to leave again, which is to be called once. */
    async take(): Promise<() => void> {
      if (taken < count) taken += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      return leave
    },
  }
}
