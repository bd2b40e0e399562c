const newline = 10

/**
 * When each line of what was printed began to be, in `ms`; `null` where nobody knows any more. A line
 * break at the very end begins no line.
 *
 * @param printedAt positions in `bytes`, rising, from which on they were printed at an instant in `ms`
 */
export function lineTimes(
  bytes: Buffer,
  printedAt: readonly (readonly [position: number, ms: number])[],
): (number | null)[] {
  const times: (number | null)[] = []
  let known = -1
  for (let at = 0; at < bytes.length; ) {
    while ((printedAt[known + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= at) known += 1
    times.push(printedAt[known]?.[1] ?? null)
    const next = bytes.indexOf(newline, at)
    at = next < 0 ? bytes.length : next + 1
  }
  return times
}
