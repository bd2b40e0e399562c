import type { Log } from "@vibecaas/kernel/log"

/** A log whose lines from `info` upwards can be read: the level and the sentence. */
export function recordingLog(): { log: Log; lines: string[] } {
  const lines: string[] = []
  const note = (level: string) => (_fields: object, message: string) => {
    lines.push(`${level}: ${message}`)
  }
  const log: Log = {
    debug() {},
    info: note("info"),
    warn: note("warn"),
    error: note("error"),
    child: () => log,
  }
  return { log, lines }
}
