/** A line of an app's log: what it printed, or the instant from which on another start printed. */
export type LogLine = { text: string; at?: string } | { startedAt: string }

/** A machine writes it alone on a line; an app that prints the same draws but one more rule. */
const startMark = /^\[started at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\]$/

/**
 * Reads the lines of a log; the end of the text is not one more line.
 *
 * @param times when each was printed, where that is known
 */
export function logLines(text: string, times: readonly (string | null)[] = []): LogLine[] {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line, index) => {
      const startedAt = startMark.exec(line)?.[1]
      if (startedAt !== undefined) return { startedAt }
      const at = times[index]
      return { text: line, ...(at ? { at } : {}) }
    })
}
