import { copyFile, open } from "node:fs/promises"
import type { Clock } from "@vibecaas/kernel/clock"

/** A file that several processes append lines to. */
export interface LogFile {
  fd: number
  close(): Promise<void>
}

export interface LogFileOptions {
  path: string
  /** when it is longer, its lines move to `<path>.1`, in whose place nothing older is kept */
  bytesMax: number
  clock: Clock
}

const checkEveryMs = 60_000

/**
 * Opens a log for appending and keeps it from growing without end.
 *
 * Its writers hold the same open file, so it is copied and cut rather than renamed; a line that is
 * written between the two is lost.
 */
export async function openLogFile({ path, bytesMax, clock }: LogFileOptions): Promise<LogFile> {
  const file = await open(path, "a", 0o600)
  const closed = new AbortController()
  const cutWhenLong = async () => {
    if ((await file.stat()).size <= bytesMax) return
    await copyFile(path, `${path}.1`)
    await file.truncate(0)
  }
  const keepShort = async () => {
    while (!closed.signal.aborted) {
      // A full disk is no reason to end; the next minute tries again.
      await cutWhenLong().catch(() => {})
      await clock.sleep(checkEveryMs, closed.signal)
    }
  }
  // The sleep rejects when the file is closed.
  const keeping = keepShort().catch(() => {})
  return {
    fd: file.fd,
    async close() {
      closed.abort()
      await keeping
      await file.close()
    },
  }
}
