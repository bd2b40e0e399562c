/** A line of an app's log: what it printed, or the mark of where a start of it begins. */
export type LogLine = { text: string } | { startedAt: string }

/** The mark stands alone on its line; its time is an instant, or the hour of the machine's clock. */
const startMark =
  /^\W*(?:app )?started(?: again)? at (\d{4}-\d\d-\d\dT[\d:.]+Z|\d\d:\d\d:\d\d)\W*$/i

/** Reads the lines of a log; the end of the text is not one more line. */
export function logLines(text: string): LogLine[] {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => {
      const startedAt = startMark.exec(line)?.[1]
      return startedAt === undefined ? { text: line } : { startedAt }
    })
}
